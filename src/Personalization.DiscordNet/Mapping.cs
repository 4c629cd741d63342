using Personalization.Discord.Components;
using Personalization.Discord.Rest;
using Net = Discord;

namespace Personalization.DiscordNet;

/// <summary>Components, files and modals of the contract as Discord.Net's.</summary>
internal static class Mapping
{
    /// <summary>Mentions never ring. (Discord.Net's own "None" says null where Discord documents an empty list.)</summary>
    public static Net.AllowedMentions NoMentions => new(Net.AllowedMentionTypes.None);

    public static Net.MessageFlags Flags(MessageBody message) => Net.MessageFlags.ComponentsV2 | (message.Ephemeral ? Net.MessageFlags.Ephemeral : Net.MessageFlags.None);

    /// <exception cref="ArgumentException">The message is over one of Discord's limits.</exception>
    public static Net.MessageComponent Components(MessageBody message)
    {
        message.Check();
        return new Net.ComponentBuilderV2(message.Components.Select(Builder)).Build();
    }

    /// <summary>The files of a message; the streams are over its memory and need no closing.</summary>
    public static List<Net.FileAttachment> Files(MessageBody message) =>
        [.. message.Files.Select(file => new Net.FileAttachment(new MemoryStream(file.Content.ToArray(), writable: false), file.Name, file.Description))];

    /// <summary>Writes a message into an edit.</summary>
    public static void Write(MessageBody message, Net.MessageProperties edit)
    {
        edit.Components = Components(message);
        edit.AllowedMentions = NoMentions;
        edit.Flags = Flags(message with { Ephemeral = false });
        if (!message.KeepsFiles)
        {
            edit.Attachments = new(Files(message));
        }
    }

    public static Net.Modal Form(Modal modal)
    {
        var form = new Net.ModalBuilder(modal.Title, modal.CustomId);
        foreach (var label in modal.Components.Cast<Label>())
        {
            var field = (TextInput)label.Component;
            form.AddTextInput(label.Text, field.CustomId, (Net.TextInputStyle)field.Style, maxLength: field.MaxLength, required: field.Required, value: field.Value);
        }

        return form.Build();
    }

    private static Net.IMessageComponentBuilder Builder(MessageComponent component) => component switch
    {
        ActionRow row => new Net.ActionRowBuilder().WithComponents(row.Components.Select(Builder)),
        Button button => new Net.ButtonBuilder(button.Label, button.CustomId, (Net.ButtonStyle)button.Style, button.Url, button.Emoji is { } emoji ? new Net.Emoji(emoji.Name) : null, button.Disabled == true),
        StringSelect select => Menu(select),
        Section section => new Net.SectionBuilder(Builder(section.Accessory), section.Components.Select(Builder)),
        TextDisplay text => new Net.TextDisplayBuilder(text.Content),
        MediaGallery gallery => new Net.MediaGalleryBuilder(gallery.Items.Select(item => new Net.MediaGalleryItemProperties(new(item.Media.Url), Cut(item.Description)))),
        Separator separator => new Net.SeparatorBuilder(separator.Divider),
        Container container => new Net.ContainerBuilder(container.Components.Select(Builder)) { AccentColor = container.AccentColor is { } color ? new Net.Color((uint)color) : null },
        _ => throw new ArgumentOutOfRangeException(nameof(component), component.GetType().Name, "This kind of component is unknown."),
    };

    private static Net.SelectMenuBuilder Menu(StringSelect select)
    {
        var options = select.Options.Select(option => new Net.SelectMenuOptionBuilder(option.Label, option.Value, isDefault: option.Default)).ToList();
        var menu = new Net.SelectMenuBuilder(select.CustomId, options, isDisabled: select.Disabled == true);
        return select.Placeholder is { Length: > 0 } placeholder ? menu.WithPlaceholder(Cut(placeholder, Net.SelectMenuBuilder.MaxPlaceholderLength)) : menu;
    }

    // Discord takes 1,024 characters; Discord.Net refuses the message of a longer one than its own limit.
    private static string? Cut(string description) => description.Length == 0 ? null : Cut(description, Net.MediaGalleryItemProperties.MaxDescriptionLength);

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        // Not between the halves of a character.
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return $"{text[..end]}…";
    }
}

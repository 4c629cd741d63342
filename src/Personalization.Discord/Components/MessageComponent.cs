using System.Text.Json.Serialization;

namespace Personalization.Discord.Components;

/// <summary>A piece of a message or modal. The numbers are Discord's component types.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ActionRow), 1)]
[JsonDerivedType(typeof(Button), 2)]
[JsonDerivedType(typeof(StringSelect), 3)]
[JsonDerivedType(typeof(TextInput), 4)]
[JsonDerivedType(typeof(Section), 9)]
[JsonDerivedType(typeof(TextDisplay), 10)]
[JsonDerivedType(typeof(MediaGallery), 12)]
[JsonDerivedType(typeof(Separator), 14)]
[JsonDerivedType(typeof(Container), 17)]
[JsonDerivedType(typeof(Label), 18)]
public abstract record MessageComponent
{
    /// <summary>The most components a message may have, nested ones included.</summary>
    public const int MaximumCount = 40;

    /// <summary>The components in this one.</summary>
    internal virtual IEnumerable<MessageComponent> Children => [];

    /// <summary>This component and those in it, at any depth.</summary>
    internal IEnumerable<MessageComponent> Flatten() => Children.SelectMany(child => child.Flatten()).Prepend(this);
}

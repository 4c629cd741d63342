using System.Globalization;
using Personalization.Discord.Components;
using Personalization.Discord.Rest;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary>What the views of all commands share.</summary>
internal static class Replies
{
    /// <summary>
    /// How much of a prompt is shown, in UTF-16 units. Discord allows 4,000 characters of text in a message; a prompt may have
    /// 6,000, and each may have to be escaped.
    /// </summary>
    public const int MaxPrompt = 1500;

    /// <summary>Discord's limit of a picture's description.</summary>
    private const int MaxDescription = 1000;

    private const int MaxTraits = 6;

    /// <summary>In blocks.</summary>
    private const int BarLength = 20;

    /// <summary>A plain sentence to one person, in the present language.</summary>
    public static MessageBody Note(FormattableString english) => Personal([new TextDisplay(Text.Of(english))], []);

    /// <summary>A button of an earlier version of the bot.</summary>
    public static MessageBody Retired() => Note($"This button no longer works: it is from an older version of the bot, or its pictures are no longer kept. Please use the command again.");

    /// <summary>A fault of ours. The number leads the operator to the log entry.</summary>
    public static MessageBody Fault(ulong interaction) =>
        Note($"Something went wrong on our side; your votes are safe. Please try again. If it happens again, give the operator of this bot this number: `{interaction}`.");

    /// <summary>Nothing more can be stored.</summary>
    public static MessageBody StorageFull() => Note($"My storage is full, so I could not keep this: it was not counted or started. What you did before is safe. Please try again later; the operator of this bot has to make space.");

    /// <summary>More people ask than can be answered in time.</summary>
    public static MessageBody Busy() => Note($"I am busy: more people ask for something than I can answer in time. Nothing was started or counted; please try again in a few seconds.");

    /// <summary>What people's tastes are about is not there yet.</summary>
    /// <param name="buttons">What the person can press to go on.</param>
    public static MessageBody Starting(params IReadOnlyList<Button> buttons) =>
        Personal([new TextDisplay(Text.Of($"I have just started and am still getting my pictures ready. Nothing was started or counted; please try again in a few seconds."))], buttons);

    /// <summary>A text that is broken, too long or nested too deeply.</summary>
    public static MessageBody Unreadable() => Note($"I cannot read this: it has broken characters in it, or is far too long. Please type it again.");

    /// <summary>A portable code that cannot be read here.</summary>
    /// <param name="spaceVersion">The version of the style space that it is about.</param>
    /// <param name="known">The version that is known here.</param>
    public static MessageBody LaterCode(int spaceVersion, int known) =>
        Note($"This portable code uses styles that this bot does not know yet (version {spaceVersion}; this one knows {known}). The operator of the bot can update it.");

    /// <summary>A message that only one person sees.</summary>
    public static MessageBody Personal(IReadOnlyList<MessageComponent> text, IReadOnlyList<Button> buttons, params IReadOnlyList<MessageComponent> after) => new()
    {
        Ephemeral = true,
        Components = [.. text, .. after, .. buttons.Count == 0 ? Array.Empty<MessageComponent>() : [new ActionRow([.. buttons])]],
    };

    /// <summary>Attached files as pictures.</summary>
    public static MediaGallery Gallery(params IReadOnlyList<(string File, string Description)> items) =>
        new([.. items.Select(item => new MediaGalleryItem(item.File, Markdown.Cut(item.Description, MaxDescription)))]);

    /// <summary>The surest traits, a line each.</summary>
    /// <param name="who">What they are introduced by, such as "You like", in the present language.</param>
    public static string Traits(IReadOnlyList<TasteTrait> traits, string who) => string.Join('\n', traits
        .Where(trait => trait.IsSure)
        .Take(MaxTraits)
        .Select((trait, i) => (i == 0 ? $"{who} " : "") + Trait(trait)));

    /// <summary>The strongest of sure traits in a line, and how sure they are.</summary>
    /// <param name="traits">At least one, strongest first.</param>
    public static string SoFar(IReadOnlyList<TasteTrait> traits)
    {
        var shown = traits.Take(MaxTraits).ToArray();
        var liked = string.Join(", ", shown.Select(trait => $"**{Text.Word(trait.Liked)}**"));
        var (least, most) = (Percent(shown.Min(trait => trait.Confidence)), Percent(shown.Max(trait => trait.Confidence)));
        return least == most ? Text.Of($"So far: {liked} ({most} sure)") : Text.Of($"So far: {liked} ({least} to {most} sure)");
    }

    /// <summary>A trait, and how sure it is.</summary>
    public static string Trait(TasteTrait trait) => Text.Of($"**{Text.Word(trait.Liked)}** rather than {Text.Word(trait.Disliked)} ({Percent(trait.Confidence)} sure)");

    /// <summary>A person's progress towards <c>--p</c> as a bar and in numbers.</summary>
    public static string Bar(UnlockProgress unlock) => $"{Bar((double)unlock.Count / unlock.Required)} {Count(unlock)}";

    /// <param name="fraction">0 to 1; clamped.</param>
    public static string Bar(double fraction)
    {
        var filled = (int)(Math.Clamp(fraction, 0, 1) * BarLength);
        return new string('▰', filled) + new string('▱', BarLength - filled);
    }

    /// <summary>A person's progress towards <c>--p</c>, or votes and likes once it is unlocked.</summary>
    public static string Count(UnlockProgress unlock) => unlock switch
    {
        { IsUnlocked: false } => Text.Of($"{unlock.Count} of {unlock.Required}"),
        { Likes: 0 } => Votes(unlock.Votes),
        { Votes: 0 } => Likes(unlock.Likes),
        _ => Text.Of($"{Votes(unlock.Votes)} and {Likes(unlock.Likes)}"),
    };

    /// <summary>A whole percentage, at most 99: a model is never certain.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(99, Math.Round(100 * share)):0}%");

    public static string Choices(int count) => Text.Plural(count, $"{count} choice", $"{count} choices");

    private static string Votes(int count) => Text.Plural(count, $"{count} vote", $"{count} votes");

    private static string Likes(int count) => Text.Plural(count, $"{count} like", $"{count} likes");
}

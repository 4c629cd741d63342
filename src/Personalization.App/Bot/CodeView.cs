using Personalization.Codes;
using Personalization.Discord.Components;
using Personalization.Discord.Rest;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary>What <c>/code</c> shows.</summary>
internal static class CodeView
{
    /// <summary>How much of a text that is not a code is repeated, in UTF-16 units.</summary>
    private const int MaxQuoted = 40;

    /// <summary>What a code likes, and how to take it to another server.</summary>
    /// <param name="traits">Every axis, strongest first.</param>
    /// <param name="own">What it was learned from, where it is the present code of the person who asks.</param>
    public static MessageBody Code(PersonalizationCode code, TasteSnapshot snapshot, IReadOnlyList<TasteTrait> traits, PortableCode portable, UnlockProgress? own = null) => Replies.Personal(
        [
            new TextDisplay(
                $"### `--p {code}`\n"
                + (traits.Any(trait => trait.IsSure) ? Replies.Traits(traits, Text.Of($"It likes")) : Text.Of($"It has no clear preferences yet."))
                + "\n-# " + (own is { } progress
                    ? Text.Of($"Your own code, from {Replies.Count(progress)}. Your next vote or like makes another; this one keeps this taste.")
                    : Text.Of($"Learned from {Replies.Choices(snapshot.Votes + snapshot.Likes)}. A code never changes, whatever its owner votes later."))),
            new TextDisplay($"{Text.Of($"On another server, paste this in place of the code; it contains the whole taste:")}\n```\n{portable}\n```"),
        ],
        []);

    /// <summary>Two tastes side by side.</summary>
    public static MessageBody Comparison(PersonalizationCode first, PersonalizationCode second, CodeComparison comparison)
    {
        var lines = new List<string>
        {
            $"### {Text.Of($"`{first}` and `{second}`")}",
            Text.Of($"Shown the same pair, they choose the same picture **{Replies.Percent(comparison.Agreement)}** of the time. For two unrelated tastes it is half the time."),
        };
        if (comparison.Shared.Count > 0)
        {
            lines.Add(Text.Of($"Both like: {string.Join(", ", comparison.Shared.Select(trait => Text.Word(trait.Liked)))}."));
        }

        lines.AddRange(comparison.Opposed.Select(pair => Text.Of($"`{first}` likes {Text.Word(pair.First.Liked)}, `{second}` {Text.Word(pair.Second.Liked)}.")));
        lines.Add("-# " + (comparison.IsOpposite
            ? Text.Of($"A blend would cancel what each of them likes. It is better to take turns: one prompt with `--p {first}`, the next with `--p {second}`.")
            : Text.Of($"Both in one picture: `--p {first} {second}`. More of one: `--p {first}::2 {second}`. Away from one: `--p {first} {second}::-0.5`.")));
        return Replies.Personal([new TextDisplay(string.Join('\n', lines))], []);
    }

    /// <summary>A person who has no code yet.</summary>
    public static MessageBody Locked(UnlockProgress unlock) => Replies.Personal(
        [new TextDisplay($"{Text.Of($"You get a code of your own with `--p`, which opens after {unlock.Required} votes and likes.")}\n{Replies.Bar(unlock)}")],
        [Button.Success("rank:open", Text.Of($"Start ranking"))]);

    /// <summary>A portable code with a character wrong or missing.</summary>
    public static MessageBody Damaged() =>
        Replies.Note($"In this portable code a character is wrong or missing, or it was made by a later version of the bot. Copy it again in one piece; upper and lower case matter.");

    /// <summary>A text that is not a code.</summary>
    public static MessageBody NotACode(string text) =>
        Replies.Note($"`{Markdown.Cut(text.Replace('`', '\''), MaxQuoted)}` is not a code. Codes have {PersonalizationCode.Length} letters and digits, as in `k7m2xq4d`; one of them may be mistyped.");

    /// <summary>A code that does not exist on this server.</summary>
    public static MessageBody Unknown(PersonalizationCode code) =>
        Replies.Note($"The code `{code}` does not exist here. If it comes from another server, ask for its portable form: `/code` shows it there.");
}

using Personalization.Discord.Components;
using Personalization.Discord.Rest;
using Personalization.Ranking;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary>What <c>/rank</c> shows.</summary>
internal static class RankView
{
    public static string TakenBack => Text.Of($"Your last choice is taken back. Choose again.");
    public static string AlreadyAnswered => Text.Of($"You have already answered that pair, and it counts once. This is your next one.");
    public static string NothingToUndo => Text.Of($"There is no earlier choice to take back.");

    /// <summary>A pair to choose from, with a note on what was done before it; empty for the progress.</summary>
    /// <param name="isLarge">Whether the pictures are one below the other, each as large as Discord shows any, instead of side by side.</param>
    public static MessageBody Ballot(Ballot ballot, byte[] left, byte[] right, string note, bool isLarge)
    {
        // The ids carry the layout, so that the next pair has it, too.
        var (id, layout) = (ballot.Pair.Id, isLarge ? ":1" : "");
        var one = ("left.png", isLarge ? Text.Of($"Upper: {ballot.Left.Prompt}") : Text.Of($"Left: {ballot.Left.Prompt}"));
        var other = ("right.png", isLarge ? Text.Of($"Lower: {ballot.Right.Prompt}") : Text.Of($"Right: {ballot.Right.Prompt}"));
        return new()
        {
            Ephemeral = true,
            Components =
            [
                new TextDisplay($"### {Text.Of($"Which do you like better?")}\n{Markdown.Escape(ballot.Left.Prompt, Replies.MaxPrompt)}"),
                .. isLarge ? [Replies.Gallery(one), Replies.Gallery(other)] : new[] { Replies.Gallery(one, other) },
                new ActionRow(
                [
                    isLarge ? Button.Primary($"rank:left:{id}{layout}", Text.Of($"Upper"), "⬆️") : Button.Primary($"rank:left:{id}", Text.Of($"Left"), "⬅️"),
                    isLarge ? Button.Primary($"rank:right:{id}{layout}", Text.Of($"Lower"), "⬇️") : Button.Primary($"rank:right:{id}", Text.Of($"Right"), "➡️"),
                    Button.Secondary($"rank:skip:{id}{layout}", Text.Of($"Skip")),
                    Button.Secondary($"rank:undo:{id}{layout}", Text.Of($"Undo"), "↩️"),
                    isLarge ? Button.Secondary($"rank:small:{id}", Text.Of($"Smaller"), "🔍") : Button.Secondary($"rank:large:{id}", Text.Of($"Larger"), "🔍"),
                ]),
                .. ballot.Progress.IsUnlocked ? [new ActionRow([ImagineView.OwnPrompt()])] : Array.Empty<ActionRow>(),
                new TextDisplay($"{Replies.Bar(ballot.Progress)}\n-# {(note.Length > 0 ? note : Encourage(ballot.Progress))}"),
            ],
            Files = [new MessageFile("left.png", left, "image/png"), new MessageFile("right.png", right, "image/png")],
        };
    }

    /// <summary>A note with what the person's last choices taught, where that is worth telling, and their progress.</summary>
    public static string Note(TasteLesson? lesson, UnlockProgress progress) => lesson is null ? "" : $"{Lesson(lesson)}\n-# {Encourage(progress)}";

    /// <summary>What the person's last choices taught, in a line.</summary>
    public static string Lesson(TasteLesson lesson) => Text.Of(lesson.Change switch
    {
        TasteChange.BecameSure => $"Your last choices taught me: you like {Replies.Trait(lesson.Trait)}.",
        TasteChange.BecameUnsure => $"After your last choices, I am not sure any more that you like {Text.Word(lesson.Trait.Liked)} rather than {Text.Word(lesson.Trait.Disliked)}.",
        _ => $"Your last choices made it surer: you like {Replies.Trait(lesson.Trait)}.",
    });

    /// <summary>A pair of another person, whose message this person can see.</summary>
    public static MessageBody NotYours() => Replies.Note($"This pair belongs to another person. Type `/rank` to get your own.");

    /// <summary>A pair that no longer exists.</summary>
    public static MessageBody Gone() => Replies.Note($"This pair no longer exists. Type `/rank` to get a new one.");

    private static string Encourage(UnlockProgress unlock) => unlock.IsUnlocked
        ? Text.Of($"Your taste is ready: add `--p` to a prompt. Every further vote sharpens it.")
        : Text.Of($"{Replies.Choices(unlock.Missing)} until `--p` opens.");
}

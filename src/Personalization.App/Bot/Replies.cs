using System.Globalization;
using Personalization.Codes;
using Personalization.Discord.Components;
using Personalization.Discord.Rest;
using Personalization.Imagine;
using Personalization.Pictures;
using Personalization.Prompts;
using Personalization.Ranking;

namespace Personalization.App.Bot;

/// <summary>Every message the bot shows, in one place, so that it speaks with one voice.</summary>
internal static class Replies
{
    private const int BarLength = 20;

    // Discord allows 4,000 characters of text in a message; a prompt may have 6,000.
    private const int ShownPrompt = 1500;

    // The limit of a picture's description.
    private const int ShownDescription = 1000;

    /// <summary>A prompt that cannot be run as it is, and the button that runs what was meant.</summary>
    public static MessageBody Problem(PromptProblem problem, ulong draft) => Personal(
        [new TextDisplay(problem.Message)],
        problem.Corrected is null
            ? [Edit(draft)]
            : [Button.Primary($"imagine:run:{draft}", "Run the corrected prompt"), Edit(draft)],
        problem.Corrected is null ? [] : [new TextDisplay($"-# Corrected: {Markdown.Escape(problem.Corrected, ShownPrompt)}")]);

    /// <summary>A bare <c>--p</c> before its time.</summary>
    public static MessageBody Locked(Unlock unlock, ulong draft) => Personal(
        [
            new TextDisplay(
                $"### `--p` opens after {unlock.Required} votes and likes\n" +
                $"{Bar(unlock)}\n" +
                $"It needs to know your taste first. {Plural(unlock.Missing, "choice")} to go: rank pairs with `/rank`, or like pictures in `/explore`. " +
                "Somebody else's code works right away: `--p CODE`."),
        ],
        [Button.Success("rank:open", "Start ranking"), Button.Secondary($"imagine:run:{draft}", "Run it without --p")]);

    /// <summary>A code that names no taste.</summary>
    public static MessageBody UnknownCode(PersonalizationCode code, bool isUnlocked, ulong draft) => Personal(
        [
            new TextDisplay(
                $"Nobody has the code `{code}`. Ask the person who gave it to you to check it" +
                (isUnlocked ? ", or use your own taste." : ", or run the prompt without it.")),
        ],
        [Button.Primary($"imagine:run:{draft}", isUnlocked ? "Use my own taste" : "Run it without --p"), Edit(draft)]);

    /// <summary>How far a job is, while the message waits for its pictures.</summary>
    public static MessageBody Progress(ImagineJob job, double fraction) => new()
    {
        Components = [new TextDisplay($"{Title(job)}\n{Bar(fraction)} {(int)(fraction * 100)}%")],
    };

    /// <summary>The finished grid with everything that can be done with it.</summary>
    public static MessageBody Answer(ImagineJob job, PaintedPicture grid)
    {
        var numbers = Enumerable.Range(0, job.Pictures.Count).ToList();
        var extras = new List<Button> { Button.Secondary($"imagine:again:{job.Id}", "Re-roll", "🔄") };
        if (job.Request.Styles.Count > 0)
        {
            extras.Add(Button.Secondary($"imagine:added:{job.Id}", "What was added?"));
        }

        return new()
        {
            Components =
            [
                new TextDisplay($"{Title(job)}\n-# {Details(job)}"),
                Gallery(("grid.png", job.Request.Text)),
                new ActionRow([.. numbers.Select(i => Button.Secondary($"imagine:pick:{job.Id}:{i}", $"U{i + 1}"))]),
                new ActionRow([.. numbers.Select(i => Button.Secondary($"imagine:vary:{job.Id}:{i}", $"V{i + 1}"))]),
                new ActionRow([.. extras]),
            ],
            Files = [new MessageFile("grid.png", grid.Png, "image/png")],
        };
    }

    /// <summary>A job that could not be done.</summary>
    public static MessageBody Apology(ImagineJob job) => new()
    {
        Components =
        [
            new TextDisplay($"{Title(job)}\nThis picture could not be made: {job.Failure} Nothing else was lost."),
            new ActionRow([Button.Primary($"imagine:again:{job.Id}", "Try again", "🔄")]),
        ],
    };

    /// <summary>The style words and coordinates a taste added to a request.</summary>
    public static MessageBody Added(ImagineJob job)
    {
        var words = job.Request.Additions.Count == 0
            ? "No words were added: the taste is not sure enough of any that the prompt leaves open."
            : "Added to the prompt:\n" + string.Join('\n', job.Request.Additions.Select(phrase =>
                $"- {Markdown.Escape(phrase.Phrase)} · {phrase.Weight.ToString("0.00", CultureInfo.InvariantCulture)}"));
        var avoid = job.Request.Avoid.Count == 0 ? "" : $"\nKept out: {Markdown.Escape(string.Join(", ", job.Request.Avoid), ShownPrompt)}";
        return Personal([new TextDisplay(words + avoid)], []);
    }

    /// <summary>One picture of a grid, by itself.</summary>
    public static MessageBody Single(ImagineJob job, int index, byte[] png) => new()
    {
        Components =
        [
            new TextDisplay($"{Title(job)} · picture {index + 1}"),
            Gallery(("picture.png", job.Request.Text)),
            new ActionRow([Button.Secondary($"explore:like:{job.Pictures[index]}:{string.Join(',', job.Pictures.Where((_, i) => i != index))}", "Like", "❤️"), Button.Secondary($"imagine:vary:{job.Id}:{index}", "Vary")]),
        ],
        Files = [new MessageFile("picture.png", png, "image/png")],
    };

    /// <summary>A pair to choose from, with what was done before it.</summary>
    public static MessageBody Ballot(Ballot ballot, byte[] left, byte[] right, string note)
    {
        var id = ballot.Pair.Id;
        return new()
        {
            Ephemeral = true,
            Components =
            [
                new TextDisplay($"### Which do you like better?\n{Markdown.Escape(ballot.Left.Prompt)}"),
                Gallery(("left.png", $"Left: {ballot.Left.Prompt}"), ("right.png", $"Right: {ballot.Right.Prompt}")),
                new ActionRow(
                [
                    Button.Primary($"rank:left:{id}", "Left", "⬅️"),
                    Button.Primary($"rank:right:{id}", "Right", "➡️"),
                    Button.Secondary($"rank:skip:{id}", "Skip"),
                    Button.Secondary($"rank:undo:{id}", "Undo", "↩️"),
                ]),
                new TextDisplay($"{Bar(ballot.Progress)}\n-# {(note.Length > 0 ? note : Encourage(ballot.Progress))}"),
            ],
            Files = [new MessageFile("left.png", left, "image/png"), new MessageFile("right.png", right, "image/png")],
        };
    }

    /// <summary>One plain sentence to one person.</summary>
    public static MessageBody Note(string text) => Personal([new TextDisplay(text)], []);

    /// <summary>A page of pictures by everyone, a like button each.</summary>
    /// <param name="pictures">One to four pictures with their bytes and how they stand to the person.</param>
    /// <param name="older">Where the next page begins; null on the last one.</param>
    public static MessageBody Explore(IReadOnlyList<ExploredPicture> pictures, PictureId? older, Unlock unlock)
    {
        var ids = pictures.Select(shown => shown.Picture.Id).ToList();
        var likes = pictures.Select((shown, i) =>
        {
            var others = string.Join(',', ids.Where(id => id != shown.Picture.Id));
            return Button.Secondary($"explore:like:{shown.Picture.Id}:{others}", shown.IsOwn ? $"{i + 1} (yours)" : $"{i + 1}", shown.IsLiked ? "❤️" : "🤍") with
            {
                Disabled = shown.IsOwn || shown.IsLiked,
            };
        });
        var text = string.Join('\n', pictures.Select((shown, i) => $"{i + 1}. {Markdown.Escape(shown.Picture.Prompt, 150)}"));
        var rows = new List<MessageComponent>
        {
            new TextDisplay($"### Pictures by everyone\n{text}"),
            Gallery([.. pictures.Select((shown, i) => ($"picture{i + 1}.png", shown.Picture.Prompt))]),
            new ActionRow([.. likes]),
        };
        if (older is not null)
        {
            rows.Add(new ActionRow([Button.Primary($"explore:older:{older}", "More")]));
        }

        rows.Add(new TextDisplay(Bar(unlock)));
        return new()
        {
            Ephemeral = true,
            Components = rows,
            Files = [.. pictures.Select((shown, i) => new MessageFile($"picture{i + 1}.png", shown.Png, "image/png"))],
        };
    }

    /// <summary>A button of a bot that came before this one.</summary>
    public static MessageBody Retired() => Note("This button is from an older version of the bot. Please use the command again.");

    /// <summary>A fault of ours. The number leads the operator to the log entry.</summary>
    public static MessageBody Fault(ulong interaction) =>
        Note($"Something went wrong on our side; your votes are safe. Please try again. If it stays that way, tell whoever runs this bot: `{interaction}`.");

    private static MessageBody Personal(IReadOnlyList<MessageComponent> text, IReadOnlyList<Button> buttons, params IReadOnlyList<MessageComponent> after) => new()
    {
        Ephemeral = true,
        Components = [.. text, .. after, .. buttons.Count == 0 ? Array.Empty<MessageComponent>() : [new ActionRow([.. buttons])]],
    };

    private static Button Edit(ulong draft) => Button.Secondary($"imagine:edit:{draft}", "Edit", "✏️");

    private static MediaGallery Gallery(params IReadOnlyList<(string File, string Description)> items) =>
        new([.. items.Select(item => new MediaGalleryItem(item.File, Markdown.Cut(item.Description, ShownDescription)))]);

    private static string Title(ImagineJob job) => $"**{Markdown.Escape(job.Request.Text, ShownPrompt)}**{Parameters(job)}";

    private static string Parameters(ImagineJob job)
    {
        var parameters = job.Prompt[Math.Min(job.Request.Text.Length, job.Prompt.Length)..].Trim();
        return parameters.Length == 0 ? "" : $" `{Markdown.Cut(parameters.Replace('`', '\''), ShownPrompt)}`";
    }

    private static string Details(ImagineJob job)
    {
        var seed = job.Request.Seed.ToString(CultureInfo.InvariantCulture);
        var size = $"{job.Request.Width} × {job.Request.Height}";

        // Without --p only what everybody likes can have added words.
        var house = job.Request.Additions.Count > 0 && !Parameters(job).Contains("--p ", StringComparison.Ordinal) ? " · house style" : "";
        return $"Seed {seed} · {size} · {job.Backend}{house}";
    }

    private static string Encourage(Unlock unlock) => unlock.IsUnlocked
        ? "Your taste is ready: add `--p` to a prompt. Every further vote sharpens it."
        : $"{Plural(unlock.Missing, "choice")} until `--p` opens.";

    private static string Bar(Unlock unlock) =>
        $"{Bar(Math.Min(1, (double)unlock.Count / unlock.Required))} {unlock.Count} of {unlock.Required}";

    private static string Bar(double fraction)
    {
        var filled = (int)(Math.Clamp(fraction, 0, 1) * BarLength);
        return new string('▰', filled) + new string('▱', BarLength - filled);
    }

    private static string Plural(int count, string word) => $"{count} {word}{(count == 1 ? "" : "s")}";
}

using System.Globalization;
using Personalization.Codes;
using Personalization.Discord.Components;
using Personalization.Discord.Rest;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Prompts;
using Personalization.Ranking;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary>Every message the bot shows, in one place, so that it speaks with one voice.</summary>
internal static class Replies
{
    private const int BarLength = 20;

    // Discord allows 4,000 characters of text in a message; a prompt may have 6,000, and each may have to be escaped.
    private const int ShownPrompt = 1500;
    private const int ShownParameters = 500;
    private const int ShownReason = 400;

    // The limit of a picture's description.
    private const int ShownDescription = 1000;

    /// <summary>A prompt that cannot be run as it is, and the button that runs what was meant.</summary>
    public static MessageBody Problem(PromptProblem problem, ulong draft) => Personal(
        [new TextDisplay(PromptProblemText.Describe(problem.Fault))],
        problem.Corrected is null
            ? [Edit(draft)]
            : [Button.Primary($"imagine:run:{draft}", "Run the corrected prompt"), Edit(draft)],
        problem.Corrected is null ? [] : [new TextDisplay($"-# Corrected: {Markdown.Escape(problem.Corrected, ShownPrompt)}")]);

    /// <summary>A bare <c>--p</c> before its time.</summary>
    public static MessageBody Locked(UnlockProgress unlock, ulong draft) => Personal(
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
    public static MessageBody Progress(ImagineJob job, PaintingProgress progress)
    {
        var text = new TextDisplay($"{Title(job)}\n{How(progress)}");
        var buttons = new ActionRow([Button.Secondary($"imagine:cancel:{job.Id}", "Cancel")]);
        return progress.Preview.IsEmpty
            ? new() { Components = [text, buttons] }
            : new()
            {
                Components = [text, Gallery(("preview.png", $"Unfinished: {job.Request.Text}")), buttons],
                Files = [new MessageFile("preview.png", progress.Preview, "image/png")],
            };
    }

    /// <summary>The finished grid with everything that can be done with it.</summary>
    /// <param name="file">The grid as it is sent.</param>
    public static MessageBody Answer(ImagineJob job, PaintedPicture grid, PictureFile file)
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
                new TextDisplay($"{Title(job)}\n-# {Details(job, grid)}"),
                Gallery(($"grid.{file.Extension}", job.Request.Text)),
                new ActionRow([.. numbers.Select(i => Button.Secondary($"imagine:pick:{job.Id}:{i}", $"U{i + 1}"))]),
                new ActionRow([.. numbers.Select(i => Button.Secondary($"imagine:vary:{job.Id}:{i}", $"V{i + 1}"))]),
                new ActionRow([.. extras]),
            ],
            Files = [new MessageFile($"grid.{file.Extension}", file.Content, file.ContentType)],
        };
    }

    /// <summary>A job that could not be done.</summary>
    public static MessageBody Apology(ImagineJob job) => new()
    {
        Components =
        [
            new TextDisplay($"{Title(job)}\nThese pictures were not made. {Markdown.Cut(job.Failure ?? "", ShownReason)}"),
            new ActionRow([Button.Primary($"imagine:again:{job.Id}", "Try again", "🔄")]),
        ],
    };

    /// <summary>The style words and coordinates a taste added to a request.</summary>
    /// <param name="followed">How many of its references were followed.</param>
    public static MessageBody Added(ImagineJob job, int followed)
    {
        var words = job.Request.Additions.Count == 0
            ? "No words were added: the taste is not sure enough of any that the prompt leaves open."
            : "Added to the prompt:\n" + string.Join('\n', job.Request.Additions.Select(phrase =>
                $"- {Markdown.Escape(phrase.Phrase)} · {phrase.Weight.ToString("0.00", CultureInfo.InvariantCulture)}"));
        var avoid = job.Request.Dislikes.Count == 0 ? "" : $"\nKept out: {Markdown.Escape(string.Join(", ", job.Request.Dislikes), ShownPrompt)}";
        var references = followed == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"\nIn the style of {Plural(followed, "picture")} that this taste likes best, followed by {100 * job.Request.ReferenceWeight:0} %.");
        var best = job.Request.Candidates > job.Request.Count ? $"\nThe best {job.Request.Count} of {job.Request.Candidates} painted, by this taste." : "";
        return Personal([new TextDisplay(words + avoid + references + best)], []);
    }

    /// <summary>One picture of a grid, by itself.</summary>
    public static MessageBody Single(ImagineJob job, int index, PictureFile file)
    {
        var like = Button.Secondary($"explore:like:{job.Pictures[index]}:{string.Join(',', job.Pictures.Where((_, i) => i != index))}", "Like", "❤️");
        var vary = Button.Secondary($"imagine:vary:{job.Id}:{index}", "Vary");
        return new()
        {
            Components =
            [
                new TextDisplay($"{Title(job)} · picture {index + 1}"),
                Gallery(($"picture.{file.Extension}", job.Request.Text)),

                // Nobody's taste is learnt from what stays private.
                new ActionRow(job.IsPrivate ? [vary] : [like, vary]),
            ],
            Files = [new MessageFile($"picture.{file.Extension}", file.Content, file.ContentType)],
        };
    }

    /// <summary>A pair to choose from, with what was done before it.</summary>
    public static MessageBody Ballot(Ballot ballot, byte[] left, byte[] right, string note)
    {
        var id = ballot.Pair.Id;
        return new()
        {
            Ephemeral = true,
            Components =
            [
                new TextDisplay($"### Which do you like better?\n{Markdown.Escape(ballot.Left.Prompt, ShownPrompt)}"),
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

    /// <summary>Why a portable code cannot be read here.</summary>
    /// <param name="spaceVersion">The version of the style space that it is about.</param>
    /// <param name="known">The version that is known here.</param>
    public static string LaterCode(int spaceVersion, int known) =>
        $"This portable code is about styles that this bot does not know yet (version {spaceVersion}; this one knows {known}). Whoever runs the bot can update it.";

    /// <summary>One plain sentence to one person.</summary>
    public static MessageBody Note(string text) => Personal([new TextDisplay(text)], []);

    /// <summary>What was learnt of a person's taste, and why.</summary>
    /// <param name="pictures">The chosen pictures of <see cref="TasteSummary.Influential"/>, in order.</param>
    public static MessageBody Taste(TasteSummary summary, IReadOnlyList<byte[]> pictures)
    {
        var text = new List<MessageComponent> { new TextDisplay($"### Your taste\n{Verdict(summary)}") };
        if (summary.Traits.Any(trait => trait.IsSure))
        {
            text.Add(new TextDisplay(Traits(summary.Traits, "You like")));
        }

        if (summary.BeyondStyle.Count > 0)
        {
            text.Add(new TextDisplay($"And, in whatever style: {string.Join(", ", summary.BeyondStyle.Select(trait => trait.Liked))}."));
        }

        if (pictures.Count > 0)
        {
            text.Add(new TextDisplay("The choices that say so most:\n" + string.Join('\n', summary.Influential.Select((vote, i) =>
                $"{i + 1}. **{vote.Trait.Liked}**: this one of two of “{Markdown.Escape(vote.Chosen.Prompt, 100)}”"))));
            text.Add(Gallery([.. summary.Influential.Select((vote, i) => ($"choice{i + 1}.png", $"{vote.Trait.Liked}: {vote.Chosen.Prompt}"))]));
        }

        text.Add(new TextDisplay($"{Bar(summary.Progress)}\n-# {Advice(summary)}"));
        return Personal(text, [Button.Primary("rank:open", "Rank pairs")]) with
        {
            Files = [.. pictures.Select((png, i) => new MessageFile($"choice{i + 1}.png", png, "image/png"))],
        };
    }

    /// <summary>What a code stands for, and how to take it elsewhere.</summary>
    /// <param name="traits">Every axis, strongest first.</param>
    public static MessageBody Code(PersonalizationCode code, TasteSnapshot snapshot, IReadOnlyList<TasteTrait> traits, PortableCode portable) => Personal(
        [
            new TextDisplay(
                $"### `--p {code}`\n"
                + (traits.Any(trait => trait.IsSure) ? Traits(traits, "It likes") : "It is sure of nothing yet.")
                + $"\n-# Learnt from {Plural(snapshot.Votes + snapshot.Likes, "choice")}. It stays as it is, whatever is voted later."),
            new TextDisplay($"Anywhere else, paste this instead of the code; it is the taste itself:\n```\n{portable}\n```"),
        ],
        []);

    /// <summary>Two tastes side by side.</summary>
    public static MessageBody Comparison(PersonalizationCode first, PersonalizationCode second, CodeComparison comparison)
    {
        var lines = new List<string> { $"### `{first}` and `{second}`", $"Shown the same pair, they choose the same picture **{Percent(comparison.Agreement)}** of the time; two who have nothing in common do half the time." };
        if (comparison.Shared.Count > 0)
        {
            lines.Add($"Both like: {string.Join(", ", comparison.Shared.Select(trait => trait.Liked))}.");
        }

        lines.AddRange(comparison.Opposed.Select(pair => $"`{first}` likes {pair.First.Liked}, `{second}` {pair.Second.Liked}."));
        lines.Add(comparison.IsOpposite
            ? $"-# A blend would cancel what either likes: better take turns, one prompt with `--p {first}`, the next with `--p {second}`."
            : $"-# Both in one picture: `--p {first} {second}`. More of one: `--p {first}::2 {second}`. Away from one: `--p {first} {second}::-0.5`.");
        return Personal([new TextDisplay(string.Join('\n', lines))], []);
    }

    /// <summary>A page of pictures by everyone, a like button each.</summary>
    /// <param name="pictures">One to four pictures with their bytes and how they stand to the person.</param>
    /// <param name="older">Where the next page begins; null on the last one.</param>
    public static MessageBody Explore(IReadOnlyList<ExploredPicture> pictures, PictureId? older, UnlockProgress unlock)
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

    /// <summary>A prompt that Discord's editor would cut short, and with it the parameters at its end.</summary>
    public static MessageBody TooLongToEdit(int length, int limit) =>
        Note(string.Create(CultureInfo.InvariantCulture, $"This prompt has {length:N0} characters, and Discord's editor takes {limit:N0}. Type `/imagine` with your changes instead."));

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
        return parameters.Length == 0 ? "" : $" `{Markdown.Cut(parameters.Replace('`', '\''), ShownParameters)}`";
    }

    private static string Details(ImagineJob job, PaintedPicture grid)
    {
        var seed = job.Request.Seed.ToString(CultureInfo.InvariantCulture);

        // As it was painted: servers have ideas of their own about sizes.
        var (columns, rows) = (Math.Min(2, job.Pictures.Count), (job.Pictures.Count + 1) / 2);
        var size = $"{grid.Width / columns} × {grid.Height / rows}";

        // Without --p only what everybody likes can have added words.
        var house = job.Request.Additions.Count > 0 && !Parameters(job).Contains("--p ", StringComparison.Ordinal) ? " · house style" : "";
        return $"Seed {seed} · {size} · {job.Backend}{house}";
    }

    private static string Verdict(TasteSummary summary) => summary.Verdict switch
    {
        TasteVerdict.TooEarly when !summary.Progress.IsUnlocked => "It is early: a few dozen choices more, and this page has something to say.",
        TasteVerdict.TooEarly => "Your choices do not say clearly yet whether they follow a taste. More of them will.",
        TasteVerdict.LikeChance => "**Your choices look like chance.** What was learnt from them foretells them no better than a coin would, so `--p` changes little. Skip a pair when you like neither side better, and take slips back with Undo.",
        TasteVerdict.LikeCommunity => "So far you choose much as everybody here does: what all like foretells your choices as well as what is known of you alone.",
        _ => "Your choices follow a taste of your own.",
    };

    private static string Traits(IReadOnlyList<TasteTrait> traits, string who) => string.Join('\n', traits
        .Where(trait => trait.IsSure)
        .Take(6)
        .Select((trait, i) => $"{(i == 0 ? $"{who} " : "")}**{trait.Liked}** rather than {trait.Disliked} ({Percent(trait.Confidence)} sure)"));

    private static string Advice(TasteSummary summary)
    {
        var measured = summary.Accuracy is { } accuracy
            ? $"Of the last {accuracy.Total} pairs picked by chance, {accuracy.Correct} of your choices were foretold ({Percent(accuracy.Share)}, give or take {Percent(accuracy.StandardError)}). "
            : "";
        var points = string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * summary.AccuracyGain):0} points");
        return measured + (summary.AccuracyGain < 0.01 ? "Your taste is known about as well as it can be."
            : summary.Accuracy is null ? $"More votes could raise how many of your choices are foretold by about {points}."
            : $"More votes could raise that by about {points}.");
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(99, Math.Round(100 * share)):0}%");

    private static string Encourage(UnlockProgress unlock) => unlock.IsUnlocked
        ? "Your taste is ready: add `--p` to a prompt. Every further vote sharpens it."
        : $"{Plural(unlock.Missing, "choice")} until `--p` opens.";

    private static string Bar(UnlockProgress unlock) =>
        $"{Bar((double)unlock.Count / unlock.Required)} {Count(unlock)}";

    /// <summary>How far somebody is on the way to <c>--p</c>, or how much they did since.</summary>
    public static string Count(UnlockProgress unlock) => unlock switch
    {
        { IsUnlocked: false } => $"{unlock.Count} of {unlock.Required}",
        { Likes: 0 } => Plural(unlock.Votes, "vote"),
        { Votes: 0 } => Plural(unlock.Likes, "like"),
        _ => $"{Plural(unlock.Votes, "vote")} and {Plural(unlock.Likes, "like")}",
    };

    private static string How(PaintingProgress progress) => progress.Ahead switch
    {
        null => $"{Bar(progress.Fraction)} {(int)(progress.Fraction * 100)}%",
        0 => "Next in the queue",
        var ahead => $"{Plural(ahead.Value, "job")} ahead in the queue",
    };

    private static string Bar(double fraction)
    {
        var filled = (int)(Math.Clamp(fraction, 0, 1) * BarLength);
        return new string('▰', filled) + new string('▱', BarLength - filled);
    }

    private static string Plural(int count, string word) => $"{count} {word}{(count == 1 ? "" : "s")}";
}

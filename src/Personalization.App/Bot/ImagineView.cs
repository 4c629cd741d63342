using System.Globalization;
using Personalization.Codes;
using Personalization.Discord.Components;
using Personalization.Discord.Rest;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Prompts;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary>What <c>/imagine</c> shows: progress, answers, apologies, and prompts that cannot be run.</summary>
internal static class ImagineView
{
    private const int MaxParameters = 500;

    /// <summary>A prompt that cannot be run as it is, and a button that runs the corrected one.</summary>
    public static MessageBody Problem(PromptProblem problem, ulong draft) => Replies.Personal(
        [new TextDisplay(PromptProblemText.Describe(problem.Fault))],
        problem.Corrected is null
            ? [Edit(draft)]
            : [Button.Primary($"imagine:run:{draft}", Text.Of($"Run the corrected prompt")), Edit(draft)],
        problem.Corrected is null ? [] : [new TextDisplay($"-# {Text.Of($"Corrected: {Markdown.Escape(problem.Corrected, Replies.MaxPrompt)}")}")]);

    /// <summary>A <c>--p</c> without a code before the person's taste is unlocked.</summary>
    public static MessageBody Locked(UnlockProgress unlock, ulong draft) => Replies.Personal(
        [
            new TextDisplay(
                $"### {Text.Of($"`--p` opens after {unlock.Required} votes and likes")}\n" +
                $"{Replies.Bar(unlock)}\n" +
                Text.Of($"It needs to know your taste first. {Replies.Choices(unlock.Missing)} to go: rank pairs with `/rank`, or like pictures in `/explore`. Another person's code works right away: `--p CODE`.")),
        ],
        [Button.Success("rank:open", Text.Of($"Start ranking")), Button.Secondary($"imagine:run:{draft}", Text.Of($"Run it without --p"))]);

    /// <summary>A code that does not exist.</summary>
    public static MessageBody UnknownCode(PersonalizationCode code, bool isUnlocked, ulong draft) => Replies.Personal(
        [
            new TextDisplay(isUnlocked
                ? Text.Of($"The code `{code}` does not exist. Ask the person who gave it to you to check it, or use your own taste.")
                : Text.Of($"The code `{code}` does not exist. Ask the person who gave it to you to check it, or run the prompt without it.")),
        ],
        [Button.Primary($"imagine:run:{draft}", isUnlocked ? Text.Of($"Use my own taste") : Text.Of($"Run it without --p")), Edit(draft)]);

    /// <summary>A prompt that cannot be run yet, and a button that runs it.</summary>
    public static MessageBody Postponed(ulong draft) => Replies.Starting(Button.Primary($"imagine:run:{draft}", Text.Of($"Try again"), "🔄"));

    /// <summary>The button that runs the person's last prompt with their taste.</summary>
    public static Button OwnPrompt() => Button.Success("imagine:own", Text.Of($"My last prompt with --p"), "✨");

    /// <summary>A preview whose pictures are still to come.</summary>
    public static MessageBody PreviewBegun(ImagineJob job) => Replies.Personal(
        [new TextDisplay($"{Title(job)}\n{Text.Of($"It is being painted.")}")],
        [Button.Secondary($"imagine:cancel:{job.Id}", Text.Of($"Cancel"))]);

    /// <summary>The progress of a job.</summary>
    public static MessageBody Progress(ImagineJob job, PaintingProgress progress)
    {
        var text = new TextDisplay($"{Title(job)}\n{How(progress)}");
        var buttons = new ActionRow([Button.Secondary($"imagine:cancel:{job.Id}", Text.Of($"Cancel"))]);
        return progress.Preview.IsEmpty
            ? new() { Components = [text, buttons] }
            : new()
            {
                Components = [text, Replies.Gallery(("preview.png", Text.Of($"Unfinished: {job.Request.Text}"))), buttons],
                Files = [new MessageFile("preview.png", progress.Preview, "image/png")],
            };
    }

    /// <summary>The finished grid with its buttons.</summary>
    /// <param name="size">The painted size of one picture in pixels.</param>
    /// <param name="file">The grid as it is sent.</param>
    /// <param name="unknown">See <see cref="IImageBackend.UnknownWordsOf"/>.</param>
    /// <param name="isUntold">Whether the person was not told that the job was accepted.</param>
    public static MessageBody Answer(ImagineJob job, (int Width, int Height) size, PictureFile file, IReadOnlyList<string> unknown, bool isUntold = false)
    {
        return new()
        {
            Components =
            [
                new TextDisplay($"{(isUntold ? $"-# {Late()}\n" : "")}{Title(job)}\n-# {Details(job, size)}{Missing(job)}{Unknown(job, unknown)}"),
                Replies.Gallery(($"grid.{file.Extension}", job.Request.Text)),
                .. Rows(job),
            ],
            Files = [new MessageFile($"grid.{file.Extension}", file.Content, file.ContentType)],
        };
    }

    private static IEnumerable<ActionRow> Rows(ImagineJob job)
    {
        var numbers = Enumerable.Range(0, job.Pictures.Count).ToList();
        Button[] added = job.Request.Styles.Count > 0 ? [Button.Secondary($"imagine:added:{job.Id}", Text.Of($"What was added?"))] : [];
        if (job.Preview is not null)
        {
            // The others would answer in public, or without the taste.
            return added.Length > 0 ? [new(added)] : [];
        }

        return
        [
            new([.. numbers.Select(i => Button.Secondary($"imagine:pick:{job.Id}:{i}", $"U{i + 1}"))]),
            new([.. numbers.Select(i => Button.Secondary($"imagine:vary:{job.Id}:{i}", $"V{i + 1}"))]),
            new([Button.Secondary($"imagine:again:{job.Id}", Text.Of($"Re-roll"), "🔄"), .. added]),
        ];
    }

    /// <summary>A job that failed.</summary>
    public static MessageBody Apology(ImagineJob job) => new()
    {
        Components =
        [
            new TextDisplay($"{Title(job)}\n{Text.Of($"These pictures could not be made.")} {(job.Failure is { } failure ? JobFailureText.Describe(failure) : "")}"),
            .. job.Preview is null ? [new ActionRow([Button.Primary($"imagine:again:{job.Id}", Text.Of($"Try again"), "🔄")])] : Array.Empty<ActionRow>(),
        ],
    };

    /// <summary>A job that ended while the person could not be told, for the person alone: its pictures behind their buttons, or why there are none.</summary>
    public static MessageBody Untold(ImagineJob job)
    {
        if (job is { Failure: null or JobFailure.Incomplete, Pictures.Count: > 0 })
        {
            return Replies.Personal(
                [new TextDisplay($"{Title(job)}{Missing(job)}\n{Text.Of($"These pictures are ready. They could not be shown in the channel: Discord lets the bot change its answer for fifteen minutes only, and it may not write there by itself. Open them here:")}")],
                [.. job.Pictures.Select((_, i) => Button.Secondary($"imagine:pick:{job.Id}:{i}", $"U{i + 1}"))]);
        }

        return ReplyAddress.Parse(job.ReplyTo).IsUntold
            ? Replies.Personal(
                [new TextDisplay($"{Title(job)}\n{Text.Of($"This prompt was not painted: my answer came too late for Discord.")}")],
                [Button.Primary($"imagine:again:{job.Id}", Text.Of($"Try again"), "🔄")])
            : Apology(job) with { Ephemeral = true };
    }

    /// <summary>What a taste did to the pictures.</summary>
    public static MessageBody Added(ImagineJob job, TasteEffect effect)
    {
        var nothing = Text.Of($"Nothing was added: the taste has no clear preference that the prompt leaves open.");
        var style = effect.Leans is { } leans
            ? leans.Count == 0 ? nothing : Text.Of($"The style leads this far, of 100, and a little differently in each picture:") + "\n" +
                string.Join('\n', leans.Select(lean => $"- {Text.Word(lean.Towards)} · {Math.Abs(100 * lean.Coordinate):0}"))
            : effect.Additions.Count == 0 ? nothing : Text.Of($"Added to the prompt, with the share of its full effect:") + "\n" +
                string.Join('\n', effect.Additions.Select(phrase => $"- {Markdown.Escape(phrase.Phrase)} · {100 * phrase.Weight:0}%"));
        var avoid = effect.Dislikes.Count == 0 ? "" : "\n" + Text.Of($"Avoided: {Markdown.Escape(string.Join(", ", effect.Dislikes), Replies.MaxPrompt)}");
        var followed = effect.References;
        var strength = 100 * job.Request.ReferenceWeight;
        var references = followed == 0
            ? ""
            : "\n" + Text.Plural(
                followed,
                $"In the style of {followed} picture that this taste likes best, at {strength:0}% strength.",
                $"In the style of {followed} pictures that this taste likes best, at {strength:0}% strength.");
        var best = job.Request.Candidates > job.Request.Count ? "\n" + Text.Of($"The {job.Request.Count} that this taste likes best, of {job.Request.Candidates} painted.") : "";
        return Replies.Personal([new TextDisplay(style + avoid + references + best)], []);
    }

    /// <summary>One picture of a grid, by itself.</summary>
    public static MessageBody Single(ImagineJob job, int index, PictureFile file)
    {
        var like = Button.Secondary($"explore:like:{job.Pictures[index]}", Text.Of($"Like"), "❤️");
        var alike = Button.Secondary($"explore:alike:{job.Pictures[index]}", Text.Of($"More like this"), "🔎");
        var vary = Button.Secondary($"imagine:vary:{job.Id}:{index}", Text.Of($"Vary"));
        var delete = Button.Secondary($"imagine:delete:{job.Id}:{index}", Text.Of($"Delete"), "🗑️");
        return new()
        {
            Components =
            [
                new TextDisplay($"{Title(job)} · {Text.Of($"picture {index + 1}")}"),
                Replies.Gallery(($"picture.{file.Extension}", job.Request.Text)),

                // Tastes are not learned from private pictures, and nothing like them is shown to others than their maker.
                new ActionRow(!job.IsPrivate ? [like, alike, vary, delete] : job.Guild is null ? [alike, vary, delete] : [vary, delete]),
            ],
            Files = [new MessageFile($"picture.{file.Extension}", file.Content, file.ContentType)],
        };
    }

    /// <summary>In place of a single picture that its maker has just deleted.</summary>
    public static MessageBody JustDeleted() => Replies.Note($"This picture is deleted: the bot no longer shows it or uses it for other pictures. Moderators can delete the messages that still show it.");

    /// <summary>A picture that its maker has deleted, or that has expired.</summary>
    public static MessageBody Deleted() => Replies.Note($"This picture is no longer kept: the person who made it has deleted it, or it was not used for long. Its prompt can be painted again.");

    /// <summary>Pictures whose message was deleted, for another person than their maker.</summary>
    public static MessageBody Withdrawn() => Replies.Note($"These pictures were taken back: the message that showed them was deleted.");

    /// <summary>A picture whose file is missing or damaged.</summary>
    public static MessageBody Lost() => Replies.Note($"I have lost this picture: its file is missing or damaged. The grid is all that is left of it; the prompt can be painted again.");

    /// <summary>A picture of another person, which this person wants to delete.</summary>
    public static MessageBody NotYoursToDelete() => Replies.Note($"Only the person who made this picture can delete it.");

    /// <summary>A prompt longer than Discord's editor takes, which would cut off the parameters at its end.</summary>
    public static MessageBody TooLongToEdit(int length, int limit) =>
        Replies.Note($"This prompt has {length:N0} characters; Discord's editor takes at most {limit:N0}. Type `/imagine` with your changes instead.");

    /// <summary>Pictures of another person, which this person wants to cancel.</summary>
    public static MessageBody NotYoursToCancel() => Replies.Note($"Only the person who asked for these pictures can cancel them.");

    /// <summary>A person who wants to run their last prompt and has none that may be shown there.</summary>
    public static MessageBody NoLastPrompt() => Replies.Note($"There is no prompt of yours to repeat here. Type `/imagine`, what to paint, and `--p`.");

    /// <summary>A prompt for which there is no room in the queue.</summary>
    /// <param name="limit">How many may wait.</param>
    /// <param name="isPersonal">Whether the person's own fill it.</param>
    public static MessageBody Full(int limit, bool isPersonal) => isPersonal
        ? Replies.Note($"As many of your prompts as one person can have ({limit}) are waiting to be painted. Please try again when one of them is done, or stop the newest with `/cancel`.")
        : Replies.Note($"As many prompts as this bot takes ({limit:N0}) are waiting to be painted. Nothing is wrong with yours: please try again in a few minutes.");

    private static Button Edit(ulong draft) => Button.Secondary($"imagine:edit:{draft}", Text.Of($"Edit"), "✏️");

    private static string Title(ImagineJob job)
    {
        var preview = job.Preview is null ? "" : $"{Preview(job.Preview)}\n";
        var variation = job.Request.OriginalNumber is { } number ? $"-# {Text.Of($"Variation of picture {number}")}\n" : "";
        return $"{preview}{variation}**{Markdown.Escape(job.Request.Text, Replies.MaxPrompt)}**{Parameters(job)}";
    }

    // Discord told the person that the bot did not respond.
    private static string Late() => Text.Of($"Discord showed no answer to this prompt, since mine came too late. It was accepted all the same:");

    private static string Preview(TastePreview preview)
    {
        var learnt = preview.Traits.Count > 0
            ? Replies.SoFar(preview.Traits)
            : Text.Of($"Nothing is sure yet: your choices so far do not clearly favour one style. The pictures lean only a little.");
        var prompt = preview.IsOwnPrompt ? Text.Of($"Your last prompt to this taste:") : Text.Of($"A prompt to this taste:");
        return $"### {Text.Of($"A preview, after {Replies.Choices(preview.At)}")}\n{learnt}\n{prompt}";
    }

    private static string Parameters(ImagineJob job)
    {
        var parameters = job.Prompt[Math.Min(job.Request.Text.Length, job.Prompt.Length)..].Trim();
        return parameters.Length == 0 ? "" : $" `{Markdown.Cut(parameters.Replace('`', '\''), MaxParameters)}`";
    }

    private static string Details(ImagineJob job, (int Width, int Height) size)
    {
        var seed = job.Request.Seed.ToString(CultureInfo.InvariantCulture);

        // Without --p, only the taste of the community can have added words.
        var house = job.Request.Additions.Count > 0 && job.Preview is null && !Parameters(job).Contains("--p ", StringComparison.Ordinal) ? $" · {Text.Of($"house style")}" : "";
        return $"{Text.Of($"Seed {seed}")} · {size.Width} × {size.Height} · {job.Backend}{house}";
    }

    private static string Missing(ImagineJob job) => job.Failure is JobFailure.Incomplete missing
        ? $"\n-# {Text.Of($"{job.Pictures.Count} of {job.Request.Count}:")} {JobFailureText.Describe(missing)}"
        : "";

    // The Painter knows few nouns; without this line, a person sees a picture without their subject and no reason.
    private static string Unknown(ImagineJob job, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            return "";
        }

        var named = string.Join(", ", words.Select(word => $"**{Markdown.Escape(word)}**"));
        return "\n-# " + Text.Plural(
            words.Count,
            $"{job.Backend} only stands in for an image server and does not know {named}. A real image server would paint it.",
            $"{job.Backend} only stands in for an image server and does not know {named}. A real image server would paint them.");
    }

    private static string How(PaintingProgress progress) => progress.Ahead switch
    {
        null => $"{Replies.Bar(progress.Fraction)} {(int)(progress.Fraction * 100)}%",
        0 => Text.Of($"Next in the queue") + Estimate(progress.Remaining),
        var ahead when progress.CountsPictures => Text.Plural(ahead.Value, $"{ahead} picture ahead in the queue", $"{ahead} pictures ahead in the queue") + Estimate(progress.Remaining),
        var ahead => Text.Plural(ahead.Value, $"{ahead} job ahead in the queue", $"{ahead} jobs ahead in the queue") + Estimate(progress.Remaining),
    };

    // No finer than it is known: by five seconds, and from a minute on by minutes.
    private static string Estimate(TimeSpan? remaining) => remaining switch
    {
        null => "",
        { TotalSeconds: > 55 and var seconds } => $" · {Text.Of($"ready in about {Math.Ceiling(seconds / 60):0} min")}",
        { TotalSeconds: var seconds } => $" · {Text.Of($"ready in about {Math.Max(5, 5 * Math.Ceiling(seconds / 5)):0} s")}",
    };
}

using Personalization.Discord.Components;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Imagine;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Prompts;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary><c>/imagine</c>, and what its pictures' buttons do.</summary>
internal sealed partial class ImagineCommand(
    Imaginer imaginer,
    TastePreviewer previewer,
    IProfileStore profiles,
    IPromptDrafts drafts,
    IGridComposer composer,
    ComputeThreads threads,
    Acknowledgements acknowledgements,
    Privacy privacy,
    UnknownPlaces places,
    UntoldJobs untold,
    IDiscord discord,
    ILogger<ImagineCommand> logger) : ICommand
{
    // In the id of a modal: what is edited there is for the person alone.
    private const long Personal = 1;

    public CommandDefinition Definition => new()
    {
        Name = "imagine",
        Description = Text.Of($"Make four pictures from your words; --p makes them to your taste"),
        Options =
        [
            new()
            {
                Name = "prompt",
                Description = Text.Of($"What to paint, then parameters: {string.Join(' ', PromptParser.Parameters)}"),
                Required = true,
                MaxLength = Prompt.MaxLength,
            },
        ],
    };

    public Task RunAsync(Interaction interaction, CancellationToken cancellationToken) =>
        SubmitAsync(interaction, interaction.Text("prompt") ?? "", isPersonal: false, cancellationToken);

    public async Task PressAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        switch (id.Verb)
        {
            case "run":
                var (draft, isPersonal) = await DraftAsync(interaction, id, cancellationToken);
                await SubmitAsync(interaction, draft, isPersonal, cancellationToken);
                break;
            case "own":
                await (await previewer.OwnPromptAsync(interaction.Person(), cancellationToken) is var (own, last)
                    ? SubmitAsync(interaction, own.ToString(), interaction.ReachOf(last) != Reach.Everyone, cancellationToken)
                    : interaction.ReplyAsync(ImagineView.NoLastPrompt(), cancellationToken));
                break;
            case "edit":
                await EditAsync(interaction, await DraftAsync(interaction, id, cancellationToken), cancellationToken);
                break;
            case "edited":
                await SubmitAsync(interaction, interaction.Text("prompt") ?? "", isPersonal: id.Has(0, Personal), cancellationToken);
                break;
            case "again":
                await RepeatAsync(interaction, id, cancellationToken);
                break;
            case "vary":
                await VaryAsync(interaction, id, cancellationToken);
                break;
            case "pick":
                await PickAsync(interaction, id, cancellationToken);
                break;
            case "delete":
                await DeleteAsync(interaction, id, cancellationToken);
                break;
            case "cancel":
                await CancelAsync(interaction, await JobAsync(id, cancellationToken), cancellationToken);
                break;
            case "added":
                if (await ShownJobAsync(interaction, id, cancellationToken) is var (explained, _))
                {
                    await interaction.ReplyAsync(ImagineView.Added(explained, imaginer.EffectOf(explained)), cancellationToken);
                }

                break;
            default:
                throw CustomId.Foreign();
        }
    }

    /// <summary>Keeps a prompt, so that it need not be typed again.</summary>
    public async Task PostponeAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        if (interaction.Text("prompt") is not { Length: > 0 } prompt)
        {
            await interaction.ReplyAsync(Replies.Starting(), cancellationToken);
            return;
        }

        await drafts.SaveAsync(interaction.Handle.Id, interaction.Person(), prompt, isPersonal: id.Has(0, Personal), cancellationToken);
        await interaction.ReplyAsync(ImagineView.Postponed(interaction.Handle.Id), cancellationToken);
    }

    private async Task RepeatAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        if (await ShownJobAsync(interaction, id, cancellationToken) is not var (job, isPersonal))
        {
            return;
        }

        // The same seed would give the same pictures. A prompt that an earlier version of the bot accepted may need a correction.
        await SubmitAsync(interaction, Parse(job.Prompt).Prompt is { } prompt ? (prompt with { Seed = null }).ToString() : job.Prompt, isPersonal, cancellationToken);
    }

    private async Task VaryAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        if (await ShownJobAsync(interaction, id, cancellationToken) is not var (job, isPersonal))
        {
            return;
        }

        var index = Index(id, job);
        if (await imaginer.FindPictureAsync(job, index, cancellationToken) is null)
        {
            await interaction.ReplyAsync(ImagineView.Deleted(), cancellationToken);
            return;
        }

        await SubmitAsync(interaction, (order, token) => imaginer.VaryAsync(order, job, index, token), job.Prompt, isPersonal, cancellationToken);
    }

    private async Task PickAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        if (await ShownJobAsync(interaction, id, cancellationToken) is not var (job, isPersonal))
        {
            return;
        }

        var index = Index(id, job);
        if (await imaginer.FindPictureAsync(job, index, cancellationToken) is null)
        {
            await interaction.ReplyAsync(ImagineView.Deleted(), cancellationToken);
            return;
        }

        // A large picture takes a moment to read and to fit.
        await interaction.DeferAsync(ephemeral: isPersonal, cancellationToken);
        try
        {
            var png = await imaginer.ReadPictureAsync(job, index, cancellationToken);
            var file = await threads.RunAsync(() => composer.Fit(png, interaction.AttachmentSizeLimit), cancellationToken);
            await discord.EditOriginalAsync(interaction.Handle, ImagineView.Single(job, index, file), cancellationToken);
        }
        catch (UnreadablePictureException)
        {
            await discord.EditOriginalAsync(interaction.Handle, ImagineView.Lost(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The bot is seen to be thinking, which only an edit ends.
            await discord.EditOriginalAsync(interaction.Handle, Replies.Fault(interaction.Handle.Id), cancellationToken);
            throw;
        }
    }

    private async Task DeleteAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        if (await ShownJobAsync(interaction, id, cancellationToken) is not var (job, _))
        {
            return;
        }

        await (await imaginer.DeletePictureAsync(job, Index(id, job), interaction.Person(), cancellationToken)
            ? interaction.UpdateAsync(ImagineView.JustDeleted(), cancellationToken)
            : interaction.ReplyAsync(ImagineView.NotYoursToDelete(), cancellationToken));
    }

    private static Task EditAsync(Interaction interaction, (string Prompt, bool IsPersonal) draft, CancellationToken cancellationToken) => draft.Prompt.Length <= TextInput.MaximumLength
        ? interaction.ShowModalAsync(
            new(draft.IsPersonal ? $"imagine:edited:{Personal}" : "imagine:edited", Text.Of($"Edit the prompt"), [new Label(Text.Of($"Prompt"), new TextInput("prompt", draft.Prompt))]),
            cancellationToken)
        : interaction.ReplyAsync(ImagineView.TooLongToEdit(draft.Prompt.Length, TextInput.MaximumLength), cancellationToken);

    private static int Index(CustomId id, ImagineJob job)
    {
        var index = id.Number(1);
        return index < job.Pictures.Count ? (int)index : throw CustomId.Foreign();
    }

    private PromptParse Parse(string text) => PromptParser.Parse(text, imaginer.Versions);

    // Text that was parsed before; it can only fail where the operator has removed its version since.
    private Prompt Canonical(string text) => Parse(text).Prompt ?? throw CustomId.Foreign();

    private async Task SubmitAsync(Interaction interaction, string text, bool isPersonal, CancellationToken cancellationToken)
    {
        var parsed = Parse(text);
        if (!parsed.IsPrompt)
        {
            await drafts.SaveAsync(interaction.Handle.Id, interaction.Person(), parsed.Problem.Corrected ?? text, isPersonal, cancellationToken);
            await interaction.ReplyAsync(ImagineView.Problem(parsed.Problem, interaction.Handle.Id), cancellationToken);
            return;
        }

        await SubmitAsync(interaction, (order, token) => imaginer.SubmitAsync(order, parsed.Prompt, token), text, isPersonal, cancellationToken);
    }

    /// <param name="isPersonal">Whether the answer is for the person alone, since it shows what does not belong there.</param>
    private async Task SubmitAsync(Interaction interaction, Func<ImagineOrder, CancellationToken, Task<SubmitResult>> submitAsync, string text, bool isPersonal, CancellationToken cancellationToken)
    {
        using var acknowledgement = acknowledgements.Begin(interaction.Handle.Id);
        var address = new ReplyAddress(interaction.Handle, Locale: interaction.Locale, IsPersonal: isPersonal, CanPost: interaction.CanPostToChannel);
        var result = await interaction.AcceptAsync(
            async token =>
            {
                var voter = await profiles.VoterAsync(interaction, token);
                return await submitAsync(new(interaction.Handle.Id, voter, address.ToString(), isPersonal || privacy.IsPrivate(interaction)), token);
            },
            cancellationToken);
        switch (result)
        {
            case SubmitResult.Repeated:
                // Discord sent the interaction twice; the first one answers.
                break;
            case SubmitResult.Accepted(var job) when !await AcknowledgeAsync(interaction, job, address, cancellationToken):
                // Its delivery waits until the acknowledgement is over.
                acknowledgement.Dispose();
                await imaginer.CancelAsync(job.Id, job.Person, cancellationToken);
                break;
            case SubmitResult.Accepted({ IsPrivate: true } job) when !isPersonal:
                places.Follow(job.Id, interaction);
                break;
            case SubmitResult.Accepted:
                break;
            case SubmitResult.Full(var limit, var isOwn):
                await interaction.ReplyAsync(ImagineView.Full(limit, isOwn), cancellationToken);
                break;
            case SubmitResult.Locked(var unlock):
                await OfferAsync(interaction, text, isPersonal, profiles: null, draft => ImagineView.Locked(unlock, draft), cancellationToken);
                break;
            case SubmitResult.UnknownCode(var code, var isUnlocked):
                await OfferAsync(interaction, text, isPersonal, isUnlocked ? [] : null, draft => ImagineView.UnknownCode(code, isUnlocked, draft), cancellationToken);
                break;
            case SubmitResult.LaterCode(var version, var known):
                await interaction.ReplyAsync(Replies.LaterCode(version, known), cancellationToken);
                break;
            case var other:
                throw new InvalidOperationException($"There is no answer to {other.GetType().Name}.");
        }
    }

    /// <summary>Answers with a button that runs the prompt with other profiles.</summary>
    private async Task OfferAsync(
        Interaction interaction,
        string text,
        bool isPersonal,
        IReadOnlyList<WeightedCode>? profiles,
        Func<ulong, MessageBody> reply,
        CancellationToken cancellationToken)
    {
        var offered = Canonical(text) with { Profiles = profiles };
        await drafts.SaveAsync(interaction.Handle.Id, interaction.Person(), offered.ToString(), isPersonal, cancellationToken);
        await interaction.ReplyAsync(reply(interaction.Handle.Id), cancellationToken);
    }

    /// <returns>False when nobody can be told of the job, so that it is to be cancelled.</returns>
    private async Task<bool> AcknowledgeAsync(Interaction interaction, ImagineJob job, ReplyAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var message = await interaction.DeferAsync(ephemeral: address.IsPersonal, cancellationToken);
            await imaginer.AcknowledgeAsync(job.Id, (address with { MessageId = message?.Id }).ToString(), message?.Id, cancellationToken);
        }
        catch (Exception exception) when (exception is LateAnswerException { MayHaveArrived: false } or DiscordException { Code: DiscordErrorCode.UnknownInteraction })
        {
            var unseen = address with { IsUntold = true };
            LogUntold(job.Id, unseen.IsReachable, exception.Message);
            await imaginer.AcknowledgeAsync(job.Id, unseen.ToString(), message: null, cancellationToken);
            return unseen.IsReachable;
        }
        catch (Exception exception) when (exception is DiscordException or HttpRequestException or StorageFullException)
        {
            // The job is on disk and will be delivered another way.
            LogUnacknowledged(job.Id, exception.Message);
        }

        return true;
    }

    private async Task CancelAsync(Interaction interaction, ImagineJob job, CancellationToken cancellationToken)
    {
        if (job.Person != interaction.Person())
        {
            if (interaction.ReachOf(job) == Reach.Nobody)
            {
                // Elsewhere, people are not told that there is such a job.
                throw CustomId.Foreign();
            }

            await interaction.ReplyAsync(ImagineView.NotYoursToCancel(), cancellationToken);
            return;
        }

        if (job.State == JobState.Untold)
        {
            await untold.TellInPlaceAsync(interaction, job, cancellationToken);
            return;
        }

        // The backend is asked to stop, which may take longer than Discord waits. What is painted meanwhile is delivered.
        await interaction.DeferUpdateAsync(cancellationToken);
        await imaginer.CancelAsync(job.Id, job.Person, cancellationToken);
    }

    private async Task<(string Prompt, bool IsPersonal)> DraftAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken) =>
        await drafts.FindAsync((ulong)id.Number(0), interaction.Person(), cancellationToken) ?? throw CustomId.Foreign();

    /// <summary>The job, where the person may see it there, and whether what it shows is for them alone; null where it was withdrawn, which they are told.</summary>
    private async Task<(ImagineJob Job, bool IsPersonal)?> ShownJobAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        var job = await JobAsync(id, cancellationToken);
        switch (interaction.ReachOf(job))
        {
            case Reach.Everyone:
                return (job, false);
            case Reach.PersonAlone:
                return (job, true);
            case Reach.Withdrawn:
                await interaction.ReplyAsync(ImagineView.Withdrawn(), cancellationToken);
                return null;
            default:
                throw CustomId.Foreign();
        }
    }

    private async Task<ImagineJob> JobAsync(CustomId id, CancellationToken cancellationToken) =>
        await imaginer.FindAsync((ulong)id.Number(0), cancellationToken) ?? throw CustomId.Foreign();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} could not be acknowledged in time; it is delivered as a message of its own, and not cancelled: {IsReachable}. {Reason}")]
    private partial void LogUntold(ulong job, bool isReachable, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} is accepted but could not be acknowledged: {Reason}")]
    private partial void LogUnacknowledged(ulong job, string reason);
}

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
    Acknowledgements acknowledgements,
    Privacy privacy,
    ILogger<ImagineCommand> logger) : ICommand
{
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
        SubmitAsync(interaction, interaction.Text("prompt") ?? "", cancellationToken);

    public async Task PressAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        switch (id.Verb)
        {
            case "run":
                await SubmitAsync(interaction, await DraftAsync(id, cancellationToken), cancellationToken);
                break;
            case "own":
                var isPrivate = await privacy.IsPrivateAsync(interaction, cancellationToken);
                await (await previewer.OwnPromptAsync(interaction.Person(), isPrivate, cancellationToken) is { } own
                    ? SubmitAsync(interaction, own.ToString(), cancellationToken)
                    : interaction.ReplyAsync(ImagineView.NoLastPrompt(), cancellationToken));
                break;
            case "edit":
                await EditAsync(interaction, await DraftAsync(id, cancellationToken), cancellationToken);
                break;
            case "edited":
                await SubmitAsync(interaction, interaction.Text("prompt") ?? "", cancellationToken);
                break;
            case "again":
                var again = await JobAsync(id, cancellationToken);
                // The same seed would give the same pictures. A prompt that an earlier version of the bot accepted may need a correction.
                await SubmitAsync(interaction, Parse(again.Prompt).Prompt is { } prompt ? (prompt with { Seed = null }).ToString() : again.Prompt, cancellationToken);
                break;
            case "vary":
                var varied = await JobAsync(id, cancellationToken);
                await SubmitAsync(interaction, order => imaginer.VaryAsync(order, varied, Index(id, varied), cancellationToken), varied.Prompt, cancellationToken);
                break;
            case "pick":
                var picked = await JobAsync(id, cancellationToken);
                var index = Index(id, picked);
                var png = await imaginer.ReadPictureAsync(picked, index, cancellationToken);
                await interaction.ReplyAsync(ImagineView.Single(picked, index, composer.Fit(png, interaction.AttachmentSizeLimit)), cancellationToken);
                break;
            case "cancel":
                await CancelAsync(interaction, await JobAsync(id, cancellationToken), cancellationToken);
                break;
            case "added":
                var explained = await JobAsync(id, cancellationToken);
                await interaction.ReplyAsync(ImagineView.Added(explained, imaginer.EffectOf(explained)), cancellationToken);
                break;
            default:
                throw CustomId.Foreign();
        }
    }

    private static Task EditAsync(Interaction interaction, string prompt, CancellationToken cancellationToken) => prompt.Length <= TextInput.MaximumLength
        ? interaction.ShowModalAsync(new("imagine:edited", Text.Of($"Edit the prompt"), [new Label(Text.Of($"Prompt"), new TextInput("prompt", prompt))]), cancellationToken)
        : interaction.ReplyAsync(ImagineView.TooLongToEdit(prompt.Length, TextInput.MaximumLength), cancellationToken);

    private static int Index(CustomId id, ImagineJob job)
    {
        var index = id.Number(1);
        return index < job.Pictures.Count ? (int)index : throw CustomId.Foreign();
    }

    private PromptParse Parse(string text) => PromptParser.Parse(text, imaginer.Versions);

    // Text that was parsed before; it can only fail where the operator has removed its version since.
    private Prompt Canonical(string text) => Parse(text).Prompt ?? throw CustomId.Foreign();

    private async Task SubmitAsync(Interaction interaction, string text, CancellationToken cancellationToken)
    {
        var parsed = Parse(text);
        if (!parsed.IsPrompt)
        {
            await drafts.SaveAsync(interaction.Handle.Id, interaction.Person(), parsed.Problem.Corrected ?? text, cancellationToken);
            await interaction.ReplyAsync(ImagineView.Problem(parsed.Problem, interaction.Handle.Id), cancellationToken);
            return;
        }

        await SubmitAsync(interaction, order => imaginer.SubmitAsync(order, parsed.Prompt, cancellationToken), text, cancellationToken);
    }

    private async Task SubmitAsync(Interaction interaction, Func<ImagineOrder, Task<SubmitResult>> submitAsync, string text, CancellationToken cancellationToken)
    {
        using var acknowledgement = acknowledgements.Begin(interaction.Handle.Id);
        var address = new ReplyAddress(interaction.Handle, Locale: interaction.Locale);
        var voter = await profiles.VoterAsync(interaction, cancellationToken);
        var order = new ImagineOrder(interaction.Handle.Id, voter, address.ToString(), await privacy.IsPrivateAsync(interaction, cancellationToken));
        switch (await submitAsync(order))
        {
            case SubmitResult.Repeated:
                // Discord sent the interaction twice; the first one answers.
                break;
            case SubmitResult.Accepted(var job):
                await AcknowledgeAsync(interaction, job, address, cancellationToken);
                break;
            case SubmitResult.Locked(var unlock):
                await OfferAsync(interaction, text, profiles: null, draft => ImagineView.Locked(unlock, draft), cancellationToken);
                break;
            case SubmitResult.UnknownCode(var code, var isUnlocked):
                await OfferAsync(interaction, text, isUnlocked ? [] : null, draft => ImagineView.UnknownCode(code, isUnlocked, draft), cancellationToken);
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
        IReadOnlyList<WeightedCode>? profiles,
        Func<ulong, MessageBody> reply,
        CancellationToken cancellationToken)
    {
        var offered = Canonical(text) with { Profiles = profiles };
        await drafts.SaveAsync(interaction.Handle.Id, interaction.Person(), offered.ToString(), cancellationToken);
        await interaction.ReplyAsync(reply(interaction.Handle.Id), cancellationToken);
    }

    private async Task AcknowledgeAsync(Interaction interaction, ImagineJob job, ReplyAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var message = await interaction.DeferAsync(cancellationToken);
            await imaginer.AcknowledgeAsync(job.Id, (address with { MessageId = message?.Id }).ToString(), cancellationToken);
        }
        catch (Exception exception) when (exception is DiscordException or HttpRequestException)
        {
            // The job is on disk and will be delivered another way.
            LogUnacknowledged(job.Id, exception.Message);
        }
    }

    private async Task CancelAsync(Interaction interaction, ImagineJob job, CancellationToken cancellationToken)
    {
        if (job.Person != interaction.Person())
        {
            await interaction.ReplyAsync(ImagineView.NotYoursToCancel(), cancellationToken);
            return;
        }

        // The backend is asked to stop, which may take longer than Discord waits. What is painted meanwhile is delivered.
        await interaction.DeferUpdateAsync(cancellationToken);
        await imaginer.CancelAsync(job.Id, job.Person, cancellationToken);
    }

    private async Task<string> DraftAsync(CustomId id, CancellationToken cancellationToken) =>
        await drafts.FindAsync((ulong)id.Number(0), cancellationToken) ?? throw CustomId.Foreign();

    private async Task<ImagineJob> JobAsync(CustomId id, CancellationToken cancellationToken) =>
        await imaginer.FindAsync((ulong)id.Number(0), cancellationToken) ?? throw CustomId.Foreign();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} is accepted but could not be acknowledged: {Reason}")]
    private partial void LogUnacknowledged(ulong job, string reason);
}

using Personalization.Codes;
using Personalization.Imagine.Jobs;
using Personalization.Prompts;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.Imagine;

/// <summary>Previews of a taste on the way to <c>--p</c>: each point of <see cref="RankingOptions.PreviewAt"/> gives a person one.</summary>
public sealed class TastePreviewer(
    UnlockRule unlockRule,
    CodeIssuer codes,
    StyleVocabulary vocabulary,
    PoolSource pools,
    IImagineJobStore jobs,
    Imaginer imaginer,
    Random random)
{
    /// <summary>
    /// The point whose preview the person is to be given now; 0 for none. Of points that were passed without one, such as by
    /// likes or before an operator set them, only the last is given.
    /// </summary>
    public async Task<int> DueAsync(PersonId person, UnlockProgress progress, CancellationToken cancellationToken)
    {
        var point = unlockRule.PreviewPoint(progress);
        return point > 0 && await jobs.LastPreviewAsync(person, cancellationToken) < point ? point : 0;
    }

    /// <summary>
    /// Stores a job that paints the person's last prompt with their taste so far; durable when the task completes. Its pictures
    /// are private, wherever it is asked for.
    /// </summary>
    /// <param name="order">Its privacy says whether a private prompt may be shown there.</param>
    /// <param name="point">As <see cref="DueAsync"/> gave it.</param>
    /// <returns>The job, or null when the person was given this preview meanwhile, or has too many jobs waiting.</returns>
    public async Task<ImagineJob?> PreviewAsync(ImagineOrder order, int point, CancellationToken cancellationToken)
    {
        var taste = await codes.SnapshotAsync(order.Voter.Profile, cancellationToken);
        var (prompt, seed, isOwn) = await PromptAsync(order, cancellationToken);
        var preview = new TastePreview(point, [.. Blend.From(taste).TraitsOn(vocabulary).Where(trait => trait.IsSure)], isOwn);
        return await imaginer.PreviewAsync(order with { IsPrivate = true }, prompt, seed, taste, preview, cancellationToken) is SubmitResult.Accepted(var job)
            ? job
            : null;
    }

    /// <summary>The person's last prompt, with <c>--p</c>, and the job that it was of; null where there is none.</summary>
    public async Task<(Prompt Prompt, ImagineJob Job)?> OwnPromptAsync(PersonId person, CancellationToken cancellationToken) =>
        await LastAsync(person, isPrivate: true, cancellationToken) is var (prompt, job) ? (prompt with { Profiles = [] }, job) : null;

    private async Task<(Prompt Prompt, uint? Seed, bool IsOwn)> PromptAsync(ImagineOrder order, CancellationToken cancellationToken)
    {
        // The seed of its pictures, so that the two can be compared.
        if (await LastAsync(order.Voter.Person, order.IsPrivate, cancellationToken) is var (prompt, last))
        {
            return (prompt, last.Request.Seed, true);
        }

        var pool = await pools.LoadAsync(cancellationToken);
        return (new Prompt { Text = pool.Prompts[random.Next(pool.Prompts.Count)][0].Picture.Prompt }, null, false);
    }

    /// <summary>The person's last prompt without its taste. One from a private place stays in such places.</summary>
    private async Task<(Prompt Prompt, ImagineJob Job)?> LastAsync(PersonId person, bool isPrivate, CancellationToken cancellationToken)
    {
        // A prompt is not valid any more where the operator has removed its version since.
        if (await jobs.NewestAsync(person, withPrivate: isPrivate, cancellationToken) is not { } job
            || PromptParser.Parse(job.Prompt, imaginer.Versions).Prompt is not { } prompt)
        {
            return null;
        }

        // At --s 0 no taste would be seen.
        return (prompt with { Profiles = null, Stylize = prompt.Stylize.Value == Stylize.MinValue ? default : prompt.Stylize }, job);
    }
}

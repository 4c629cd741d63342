using System.Diagnostics;
using Microsoft.Extensions.Options;
using Personalization.Codes;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Prompts;
using Personalization.Styles;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Imagine;

/// <summary>
/// All that a person can ask about pictures, whichever way they ask: a prompt becomes an accepted job with a taste, a model
/// and a request; a job can be varied, read, acknowledged and cancelled.
/// </summary>
public sealed class Imaginer(
    UnlockRule unlockRule,
    CodeIssuer codes,
    CurrentCommunity community,
    StyleVocabulary vocabulary,
    PromptAugmenter augmenter,
    ImageBackends backends,
    IPictureStore pictures,
    IPictureFiles files,
    IGuildStore guilds,
    PictureReader reader,
    IOptions<ImagineOptions> options,
    IImagineQueue queue,
    IImagineJobStore jobs,
    ImagineRunner runner,
    TimeProvider time,
    Random random)
{
    // How a variation's style differs from its picture's: along an axis that the picture clearly leans to, by at most this
    // share; on the others by this standard deviation, at most twice.
    private const float ClearLean = 0.08f;
    private const double VariationShare = 0.2;
    private const double VariationSpread = 0.1;

    /// <summary>What <c>--v</c> may say.</summary>
    public IReadOnlyList<string> Versions { get; } = [.. options.Value.Versions.Keys];

    /// <summary>Resolves the taste, builds the request and stores the job; durable when the task completes.</summary>
    /// <param name="order">Who asks, and where the answer goes.</param>
    public async Task<SubmitResult> SubmitAsync(ImagineOrder order, Prompt prompt, CancellationToken cancellationToken)
    {
        var (meant, taste, refusal) = prompt.Profiles switch
        {
            null => (prompt, default(Blend), default(SubmitResult)),
            { Count: 0 } => await OwnAsync(order.Voter.Profile, prompt, cancellationToken),
            var profiles => await SharedAsync(order.Voter.Profile, prompt, profiles, cancellationToken),
        };
        if (refusal is not null)
        {
            return refusal;
        }

        var (backend, request) = await RequestAsync(order, prompt, taste, prompt.Seed, cancellationToken);
        return await EnqueueAsync(order, meant.ToString(), backend, request, preview: null, cancellationToken);
    }

    /// <summary>Stores a job that paints a prompt with a taste that has no code.</summary>
    /// <param name="prompt">Without profiles.</param>
    /// <param name="seed">Null to have one drawn.</param>
    /// <param name="preview">What the taste was when it was asked for.</param>
    internal async Task<SubmitResult> PreviewAsync(ImagineOrder order, Prompt prompt, uint? seed, TasteSnapshot taste, TastePreview preview, CancellationToken cancellationToken)
    {
        var (backend, request) = await RequestAsync(order, prompt, Blend.From(taste), seed, cancellationToken);
        return await EnqueueAsync(order, prompt.ToString(), backend, request, preview, cancellationToken);
    }

    /// <summary>
    /// Four variations of one picture of a job: compositions near its own, in styles near its own, on the taste's side of every
    /// axis. A backend that can do neither paints over the picture, or paints the prompt again with other seeds.
    /// </summary>
    /// <param name="job">One whose pictures are painted.</param>
    /// <param name="index">The picture's position, from 0.</param>
    public async Task<SubmitResult> VaryAsync(ImagineOrder order, ImagineJob job, int index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, job.Pictures.Count);
        var picture = await pictures.FindAsync(job.Pictures[index], cancellationToken)
            ?? throw new InvalidOperationException($"Job {job.Id} has lost its picture {job.Pictures[index]}.");
        var request = job.Request with
        {
            Seed = ImageRequest.NextSeed(random),
            Candidates = 0,
            Original = picture.Id,
            OriginalNumber = index + 1,
            Lineage = [.. job.Request.Lineage, picture.Seed],
            Styles = [.. Enumerable.Range(0, ImageRequest.GridSize).Select(_ => Near(job.Request.StyleOf(picture.Seed) ?? augmenter.NeutralStyle))],
            Fallbacks = [.. job.Request.Fallbacks.Select(target => target with { Candidates = 0 })],
            References = [.. (await OpenAsync(order, job.Request.References, cancellationToken)).Select(reference => reference.Id)],
        };
        return await EnqueueAsync(order, job.Prompt, job.Backend, request, preview: null, cancellationToken);
    }

    /// <summary>A job; null when there is none with this id.</summary>
    public Task<ImagineJob?> FindAsync(ulong id, CancellationToken cancellationToken) => jobs.FindAsync(id, cancellationToken);

    /// <summary>The id of the person's newest job that is not painted yet; null when there is none.</summary>
    public async Task<ulong?> FindUnpaintedAsync(PersonId person, CancellationToken cancellationToken) =>
        await jobs.UnpaintedAsync(person, cancellationToken) is [var newest, ..] ? newest : null;

    /// <summary>Records where the answer goes once the request is acknowledged.</summary>
    /// <param name="replyTo">The address that <see cref="IDelivery"/> reads.</param>
    /// <param name="message">The message that holds the answer; null while it is not known.</param>
    public Task AcknowledgeAsync(ulong id, string replyTo, ulong? message, CancellationToken cancellationToken) => jobs.SetReplyToAsync(id, replyTo, message, cancellationToken);

    /// <summary>Stops a job that is not painted yet, on its backend too, and tells the person so in its message.</summary>
    /// <returns>False when the job is painted, over, or another person's.</returns>
    public Task<bool> CancelAsync(ulong id, PersonId person, CancellationToken cancellationToken) => runner.CancelAsync(id, person, cancellationToken);

    /// <summary>One picture of a job; null where its maker has deleted it, or it has expired.</summary>
    /// <param name="job">One whose pictures are painted.</param>
    /// <param name="index">The picture's position, from 0.</param>
    public async Task<Picture?> FindPictureAsync(ImagineJob job, int index, CancellationToken cancellationToken) =>
        await pictures.FindAsync(job.Pictures[index], cancellationToken) is { Kind: not PictureKind.Deleted } picture ? picture : null;

    /// <summary>Deletes one picture of a job, and its file. Votes and likes of it still teach what they taught.</summary>
    /// <param name="job">One whose pictures are painted.</param>
    /// <param name="index">The picture's position, from 0.</param>
    /// <param name="person">Who asks.</param>
    /// <returns>False where another person made it.</returns>
    public async Task<bool> DeletePictureAsync(ImagineJob job, int index, PersonId person, CancellationToken cancellationToken)
    {
        if (job.Person != person)
        {
            return false;
        }

        await pictures.DeleteAsync(job.Pictures[index], unused => files.DeleteAsync(unused, cancellationToken), cancellationToken);
        return true;
    }

    /// <summary>The bytes of one picture of a job, encoded as PNG.</summary>
    /// <param name="job">One whose pictures are painted.</param>
    /// <param name="index">The picture's position, from 0.</param>
    /// <exception cref="UnreadablePictureException">The picture is gone or damaged.</exception>
    public Task<byte[]> ReadPictureAsync(ImagineJob job, int index, CancellationToken cancellationToken) => reader.ReadAsync(job.Pictures[index], cancellationToken);

    /// <summary>What the taste did to a job's request, as the backend that painted it uses it.</summary>
    public TasteEffect EffectOf(ImagineJob job)
    {
        var capabilities = backends.Find(job.Backend)?.CapabilitiesOf(job.Request.Model);
        var references = Math.Min(job.Request.References.Count, capabilities?.References ?? int.MaxValue);
        if (capabilities?.Styles != true || job.Request.Styles is not [var style, ..])
        {
            return new(null, job.Request.Additions, job.Request.Dislikes, references);
        }

        StyleLean[] leans =
        [
            .. vocabulary.Axes.Take(style.Dimension)
                .Select((axis, i) => new StyleLean(axis, style[i]))
                .Where(lean => Math.Abs(lean.Coordinate) >= ClearLean)
                .OrderByDescending(lean => Math.Abs(lean.Coordinate)),
        ];
        return new(leans, [], [], references);
    }

    /// <summary>The request for a prompt, and the backend that it is for.</summary>
    /// <param name="taste">A personal taste; null for the community's.</param>
    /// <param name="seed">Null to have one drawn.</param>
    private async Task<(string Backend, ImageRequest Request)> RequestAsync(ImagineOrder order, Prompt prompt, Blend? taste, uint? seed, CancellationToken cancellationToken)
    {
        var now = community.Now;
        var applied = prompt.Stylize.Value == 0 ? null : taste ?? Blend.FromCommunity(now);

        // Further candidates are painted only for a personal taste, and only once style can be measured in pixels.
        var canChoose = applied is not null && taste is not null && now.Space.Map is not null;
        var targets = Targets(options.Value.Versions[prompt.Version ?? options.Value.DefaultVersion], prompt.AspectRatio)
            .Select(target => canChoose ? target : target with { Candidates = 0 })
            .ToArray();
        var target = targets[0];
        var request = new ImageRequest
        {
            Text = prompt.Text,
            Avoid = prompt.Exclusions,
            Seed = seed ?? ImageRequest.NextSeed(random),
            Count = ImageRequest.GridSize,
            Width = target.Width,
            Height = target.Height,
            Model = target.Model,
            Candidates = target.Candidates,
            Fallbacks = targets[1..],
        };
        if (applied is not null)
        {
            // The backend that paints it, which may be a fallback, takes as many of these as it can.
            var max = targets.Max(one => backends.Require(one.Backend).CapabilitiesOf(one.Model).References);
            request = augmenter.Augment(request, applied, prompt, max == 0 ? [] : await FavouritesAsync(order, applied, cancellationToken));
            request = request with { References = [.. request.References.Take(max)] };
        }

        return (target.Backend, request);
    }

    /// <summary>The person's own taste, as the code that is issued for it.</summary>
    private async Task<(Prompt Prompt, Blend? Taste, SubmitResult? Refusal)> OwnAsync(ProfileId profile, Prompt prompt, CancellationToken cancellationToken)
    {
        var unlock = await unlockRule.ProgressAsync(profile, cancellationToken);
        if (!unlock.IsUnlocked)
        {
            return (prompt, null, new SubmitResult.Locked(unlock));
        }

        var (code, snapshot) = await codes.IssueAsync(profile, cancellationToken);
        return (prompt with { Profiles = [new WeightedCode(code, 1)] }, Blend.Mix([(code, snapshot, 1)]), null);
    }

    /// <summary>The tastes that the codes name. Portable codes are imported, and replaced by the short codes that they have here.</summary>
    private async Task<(Prompt Prompt, Blend? Taste, SubmitResult? Refusal)> SharedAsync(ProfileId own, Prompt prompt, IReadOnlyList<WeightedCode> profiles, CancellationToken cancellationToken)
    {
        var parts = new List<(PersonalizationCode Code, TasteSnapshot, double Weight)>();
        foreach (var profile in profiles)
        {
            if (profile.Portable?.Snapshot is { } carried && !vocabulary.Covers(carried.SpaceVersion, carried.Mean.Count))
            {
                return (prompt, null, new SubmitResult.LaterCode(carried.SpaceVersion, vocabulary.Version));
            }

            var code = profile.Portable is { } portable ? await codes.ImportAsync(portable, cancellationToken) : profile.Code;
            if (await codes.FindAsync(code, cancellationToken) is not { } snapshot)
            {
                var unlock = await unlockRule.ProgressAsync(own, cancellationToken);
                return (prompt, null, new SubmitResult.UnknownCode(code, unlock.IsUnlocked));
            }

            parts.Add((code, snapshot, profile.Weight));
        }

        return (prompt with { Profiles = [.. parts.Select(part => new WeightedCode(part.Code, part.Weight))] }, Blend.Mix(parts), null);
    }

    /// <summary>The favourite pictures of the taste, best first and each of another prompt; those that are gone or not open there are left out.</summary>
    private async Task<IReadOnlyList<Picture>> FavouritesAsync(ImagineOrder order, Blend taste, CancellationToken cancellationToken) =>
        [.. (await OpenAsync(order, taste.Favourites, cancellationToken)).DistinctBy(picture => picture.Prompt, StringComparer.Ordinal)];

    /// <summary>Those of the pictures that everyone may see where the answer goes and whose files are not known to be lost, in order: what follows a picture shows something of it.</summary>
    private async Task<IReadOnlyList<Picture>> OpenAsync(ImagineOrder order, IReadOnlyList<PictureId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var viewer = await guilds.ViewerAsync(order.Voter.Person, order.Voter.Guild, cancellationToken);
        var found = (await pictures.FindAsync(ids, cancellationToken)).ToDictionary(picture => picture.Id);
        return [.. ids.Select(found.GetValueOrDefault).OfType<Picture>().Where(viewer.IsOpen).Where(picture => picture.FileKey is not { } key || !files.IsLost(key))];
    }

    private async Task<SubmitResult> EnqueueAsync(ImagineOrder order, string prompt, string backend, ImageRequest request, TastePreview? preview, CancellationToken cancellationToken)
    {
        var job = new ImagineJob
        {
            Id = order.Id,
            Person = order.Voter.Person,
            ReplyTo = order.ReplyTo,
            Guild = order.Voter.Guild,
            IsPrivate = order.IsPrivate,
            Prompt = prompt,
            Backend = backend,
            Request = request,
            Preview = preview,
            AcceptedAt = time.GetUtcNow(),
        };
        return await queue.EnqueueAsync(job, cancellationToken) switch
        {
            EnqueueResult.Accepted => new SubmitResult.Accepted(job),
            EnqueueResult.Repeated => new SubmitResult.Repeated(),
            EnqueueResult.Full(var limit, var isPersonal) => new SubmitResult.Full(limit, isPersonal),
            var other => throw new UnreachableException($"A job was enqueued as {other.GetType().Name}."),
        };
    }

    /// <summary>Where a version is painted, then its fallbacks. Each backend's pictures have its model's own area.</summary>
    private IEnumerable<PaintTarget> Targets(ModelVersion version, AspectRatio ratio)
    {
        var backend = backends.Require(version.Backend ?? options.Value.Backend);
        var (area, step) = backend.SizeOf(version.Model);
        var size = PictureSize.For(ratio, area, step);
        return version.Fallback.SelectMany(fallback => Targets(fallback, ratio))
            .Prepend(new(backend.Name, version.Model, size.Width, size.Height, backend.CapabilitiesOf(version.Model).Candidates));
    }

    private StyleVector Near(StyleVector center)
    {
        var coordinates = new float[center.Dimension];
        for (var axis = 0; axis < coordinates.Length; axis++)
        {
            var moved = Math.Clamp(random.NextNormal(), -2, 2);
            coordinates[axis] = Math.Abs(center[axis]) < ClearLean
                ? center[axis] + (float)(VariationSpread * moved)
                : Math.Clamp(center[axis] * (float)(1 + (VariationShare / 2 * moved)), -1, 1);
        }

        return new StyleVector(coordinates);
    }
}

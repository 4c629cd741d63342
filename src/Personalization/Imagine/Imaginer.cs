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

/// <summary>Takes a prompt to an accepted job: whose taste, which model, what request.</summary>
public sealed class Imaginer(
    UnlockRule unlockRule,
    CodeIssuer codes,
    CurrentCommunity community,
    StyleVocabulary vocabulary,
    PromptAugmenter augmenter,
    IEnumerable<IImageBackend> backends,
    IPictureStore pictures,
    IOptions<ImagineOptions> options,
    IImagineQueue queue,
    TimeProvider time,
    Random random)
{
    /// <summary>Pictures in an answer.</summary>
    public const int GridSize = 4;

    /// <summary>The most pictures painted for an answer.</summary>
    public const int MostCandidates = 16;

    /// <summary>How far a variation strays from its picture on each axis, one standard deviation.</summary>
    private const double VariationSpread = 0.3;

    /// <summary>What <c>--v</c> may say.</summary>
    public IReadOnlyList<string> Versions { get; } = [.. options.Value.Versions.Keys];

    /// <summary>Resolves the taste, builds the request and stores the job; durable when the task completes.</summary>
    /// <param name="order">Who asks, and where the answer goes.</param>
    public async Task<SubmitResult> SubmitAsync(ImagineOrder order, Prompt prompt, CancellationToken cancellationToken)
    {
        var (meant, taste, refusal) = prompt.Profiles switch
        {
            null => (prompt, default(Blend), default(SubmitResult)),
            { Count: 0 } => await OwnAsync(order.Person, prompt, cancellationToken),
            var profiles => await SharedAsync(order.Person, prompt, profiles, cancellationToken),
        };
        if (refusal is not null)
        {
            return refusal;
        }

        var now = community.Now;
        var applied = prompt.Stylize.Value == 0 ? null : taste ?? Blend.OfEverybody(now);

        // What everybody likes is not worth the wait, and where pixels tell nothing of style yet, nothing tells the best.
        var canTell = applied is not null && taste is not null && now.Space.Map is not null;
        var canvases = Canvases(options.Value.Versions[prompt.Version ?? options.Value.DefaultVersion], prompt.AspectRatio)
            .Select(canvas => canTell ? canvas : canvas with { Candidates = 0 })
            .ToArray();
        var canvas = canvases[0];
        var request = new ImageRequest
        {
            Text = prompt.Text,
            Avoid = prompt.Exclusions,
            Seed = prompt.Seed ?? NextSeed(random),
            Count = GridSize,
            Width = canvas.Width,
            Height = canvas.Height,
            Model = canvas.Model,
            Candidates = canvas.Candidates,
            Fallbacks = canvases[1..],
        };
        if (applied is not null)
        {
            // Whoever paints it in the end takes as many of these as it can.
            var most = canvases.Max(one => Find(one.Backend).CapabilitiesOf(one.Model).References);
            request = augmenter.Augment(request, applied, prompt.Stylize, most == 0 ? [] : await FavouritesAsync(applied, cancellationToken));
            request = request with { References = [.. request.References.Take(most)] };
        }

        return await EnqueueAsync(order, meant.ToString(), canvas.Backend, request, cancellationToken);
    }

    /// <summary>
    /// Four variations of one picture of a job: its composition, in styles near its own. A server that takes no styles paints
    /// over the picture, or else the prompt anew, each time with other seeds: the picture's own would give it again.
    /// </summary>
    /// <param name="job">One whose pictures are painted.</param>
    /// <param name="index">Which picture, from 0.</param>
    public async Task<SubmitResult> VaryAsync(ImagineOrder order, ImagineJob job, int index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, job.Pictures.Count);
        var picture = await pictures.FindAsync(job.Pictures[index], cancellationToken)
            ?? throw new InvalidOperationException($"Job {job.Id} has lost its picture {job.Pictures[index]}.");
        var takesStyles = FindOrNull(job.Backend)?.CapabilitiesOf(job.Request.Model).Styles == true;
        var request = job.Request with
        {
            Seed = takesStyles ? picture.Seed : NextSeed(random),
            SeedStep = takesStyles ? 0u : 1,
            Candidates = 0,
            Original = picture.Id,
            Styles = [.. Enumerable.Range(0, GridSize).Select(_ => Near(picture.Style ?? augmenter.NeutralStyle))],
            Fallbacks = [.. job.Request.Fallbacks.Select(canvas => canvas with { Candidates = 0 })],
        };
        return await EnqueueAsync(order, job.Prompt, job.Backend, request, cancellationToken);
    }

    /// <summary>How many pictures whoever paints a job is shown to follow in style; a fallback may take more.</summary>
    public int ReferencesOf(ImagineJob job) => Math.Min(
        job.Request.References.Count,
        FindOrNull(job.Backend)?.CapabilitiesOf(job.Request.Model).References ?? int.MaxValue);

    /// <summary>The person's own taste, as the code that they are given for it.</summary>
    private async Task<(Prompt Prompt, Blend? Taste, SubmitResult? Refusal)> OwnAsync(PersonId person, Prompt prompt, CancellationToken cancellationToken)
    {
        var unlock = await unlockRule.ProgressAsync(person, cancellationToken);
        if (!unlock.IsUnlocked)
        {
            return (prompt, null, new SubmitResult.Locked(unlock));
        }

        var (code, snapshot) = await codes.IssueAsync(person, cancellationToken);
        return (prompt with { Profiles = [new WeightedCode(code, 1)] }, Blend.Of([(code, snapshot, 1)]), null);
    }

    /// <summary>The tastes that the codes stand for; portable ones by the short codes they have here.</summary>
    private async Task<(Prompt Prompt, Blend? Taste, SubmitResult? Refusal)> SharedAsync(PersonId person, Prompt prompt, IReadOnlyList<WeightedCode> profiles, CancellationToken cancellationToken)
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
                var unlock = await unlockRule.ProgressAsync(person, cancellationToken);
                return (prompt, null, new SubmitResult.UnknownCode(code, unlock.IsUnlocked));
            }

            parts.Add((code, snapshot, profile.Weight));
        }

        return (prompt with { Profiles = [.. parts.Select(part => new WeightedCode(part.Code, part.Weight))] }, Blend.Of(parts), null);
    }

    /// <summary>The pictures that the taste likes best, best first and each of another prompt; those that are gone are left out.</summary>
    private async Task<IReadOnlyList<Picture>> FavouritesAsync(Blend taste, CancellationToken cancellationToken)
    {
        var found = (await pictures.FindAsync(taste.Favourites, cancellationToken)).ToDictionary(picture => picture.Id);
        return [.. taste.Favourites.Select(found.GetValueOrDefault).OfType<Picture>().DistinctBy(picture => picture.Prompt, StringComparer.Ordinal)];
    }

    private async Task<SubmitResult> EnqueueAsync(ImagineOrder order, string prompt, string backend, ImageRequest request, CancellationToken cancellationToken)
    {
        var job = new ImagineJob
        {
            Id = order.Id,
            Person = order.Person,
            ReplyTo = order.ReplyTo,
            IsPrivate = order.IsPrivate,
            Prompt = prompt,
            Backend = backend,
            Request = request,
            AcceptedAt = time.GetUtcNow(),
        };
        return await queue.EnqueueAsync(job, cancellationToken) ? new SubmitResult.Accepted(job) : new SubmitResult.Repeated();
    }

    /// <summary>Where a version is painted: each backend's pictures have its model's own area.</summary>
    private IEnumerable<PaintTarget> Canvases(ModelVersion version, AspectRatio ratio)
    {
        var backend = Find(version.Backend ?? options.Value.Backend);
        var (area, step) = backend.SizeOf(version.Model);
        var size = PictureSize.For(ratio, area, step);
        return version.Fallback.SelectMany(fallback => Canvases(fallback, ratio))
            .Prepend(new(backend.Name, version.Model, size.Width, size.Height, backend.CapabilitiesOf(version.Model).Candidates));
    }

    private IImageBackend Find(string name) => FindOrNull(name) ?? throw new InvalidOperationException($"There is no backend {name}.");

    private IImageBackend? FindOrNull(string name) => backends.FirstOrDefault(backend => string.Equals(backend.Name, name, StringComparison.OrdinalIgnoreCase));

    private StyleVector Near(StyleVector center)
    {
        var coordinates = new float[center.Dimension];
        for (var axis = 0; axis < coordinates.Length; axis++)
        {
            coordinates[axis] = (float)Math.Clamp(center[axis] + (VariationSpread * random.NextNormal()), -1, 1);
        }

        return new StyleVector(coordinates);
    }

    // Servers count up from it differently beyond 2^32; below, every picture of an answer has the seed that is told.
    internal static uint NextSeed(Random random) => (uint)random.NextInt64((1L << 32) - MostCandidates);
}

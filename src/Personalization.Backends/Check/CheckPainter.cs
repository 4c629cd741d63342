using System.Diagnostics;
using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Backends.Check;

/// <summary>Paints the pictures of a check, and collects what the backend says of them.</summary>
/// <param name="most">How many requests there can be.</param>
/// <param name="idle">Awaited before each picture.</param>
internal sealed class CheckPainter(IImageBackend backend, IProgress<CheckStep>? steps, int most, Func<CancellationToken, Task> idle)
{
    private int _requests;

    /// <summary>What the operator should know, one sentence each.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>Paints once nothing waits for the backend.</summary>
    /// <param name="proves">What the picture shows, as in <see cref="CheckStep.Proves"/>.</param>
    /// <returns>At least one picture.</returns>
    /// <exception cref="BackendException">It failed, refused the prompt or returned no pictures.</exception>
    public async Task<IReadOnlyList<PaintedPicture>> PaintAsync(ImageRequest request, PaintingSources sources, CheckReporter reporter, string proves, CancellationToken cancellationToken)
    {
        await idle(cancellationToken);
        steps?.Report(new(++_requests, most, proves));
        switch (await backend.PaintAsync(request, sources, reporter, cancellationToken))
        {
            case PaintingResult.Painted { Pictures: { Count: > 0 } pictures, Cost: var cost, Remarks: var remarks }:
                RemarkCost(pictures.Count, cost);
                Remarks.AddRange(remarks);
                await backend.DiscardAsync(reporter, cancellationToken);
                return pictures;
            case PaintingResult.Painted:
                throw new BackendException(BackendFault.Failed, $"{backend.Name} returned no pictures.");
            case PaintingResult.Refused refused:
                throw new BackendException(BackendFault.Failed, $"{backend.Name} refused a harmless prompt: {refused.Refusal switch
                {
                    PaintingRefusal.AgainstRules => "it violates the rules of the service.",
                    PaintingRefusal.Withheld(var pictures, var painted) => $"a filter withheld {pictures} of {painted} pictures.",
                    var other => throw new UnreachableException($"{other.GetType()} is not a known refusal."),
                }}");
            case var unknown:
                throw new UnreachableException($"{unknown.GetType()} is not a known result of a painting.");
        }
    }

    private void RemarkCost(int pictures, string cost)
    {
        if (cost.Length > 0)
        {
            Remarks.Add($"{(pictures == 1 ? "Each of these pictures" : $"{pictures} of these pictures")} cost {cost}.");
        }
    }
}

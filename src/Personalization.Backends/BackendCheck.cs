using Personalization.Imagine;

namespace Personalization.Backends;

/// <summary>
/// Proves by pictures what backends say they can do: servers take fields and do nothing with them. Two equal requests must
/// give equal pictures; a negative, a weight and a reference must each change them. What proves false is switched off until
/// the next start or check.
/// </summary>
public sealed class BackendCheck(TimeProvider time)
{
    // Small enough to be quick, and a size all models can paint.
    private const int Side = 512;

    private static readonly ImageRequest Plain = new() { Text = "a red house by a lake", Seed = 12345, Count = 1, Width = Side, Height = Side };

    /// <summary>Checks a backend with one of its models, by up to six small pictures.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<BackendReport> RunAsync(IImageBackend backend, string model, CancellationToken cancellationToken)
    {
        (backend as GuardedBackend)?.Limit(model, null);
        var declared = backend.CapabilitiesOf(model);
        var plain = Plain with { Model = model };
        var begun = time.GetTimestamp();
        try
        {
            var first = await PaintAsync(backend, plain, PaintingSources.None, cancellationToken);
            var took = time.GetElapsedTime(begun);
            var proved = declared;
            string? refusal = null;

            // Without seeds every picture is another one, and nothing can be told from a difference.
            if (declared.Seed)
            {
                var isRepeated = await IsSameAsync(plain, PaintingSources.None);
                proved = proved with
                {
                    Seed = isRepeated,
                    Negative = declared.Negative && !(isRepeated && await IsSameAsync(plain with { Avoid = ["lake", "house"] }, PaintingSources.None)),
                    Weights = declared.Weights && !(isRepeated && await AreSameAsync(plain with { Additions = [new("snow", 1.4)] }, plain with { Additions = [new("snow", 0.6)] })),
                    References = isRepeated && declared.References > 0 && await DoesNothingAsync() ? 0 : declared.References,
                };
            }

            (backend as GuardedBackend)?.Limit(model, proved);
            return new(backend.Name, model, declared, proved, took, null) { Refusal = refusal };

            async Task<bool> DoesNothingAsync()
            {
                try
                {
                    return await IsSameAsync(plain with { ReferenceWeight = 0.8 }, new([first.Png], default));
                }
                catch (BackendException exception) when (exception.Fault is BackendFault.Misconfigured or BackendFault.Failed)
                {
                    // It paints without: an extension is not there, or not the model of one.
                    refusal = exception.Whole;
                    return true;
                }
            }

            async Task<bool> IsSameAsync(ImageRequest request, PaintingSources sources) =>
                Equal(first, await PaintAsync(backend, request, sources, cancellationToken));

            async Task<bool> AreSameAsync(ImageRequest one, ImageRequest other) =>
                Equal(await PaintAsync(backend, one, PaintingSources.None, cancellationToken), await PaintAsync(backend, other, PaintingSources.None, cancellationToken));
        }
        catch (BackendException exception)
        {
            return new(backend.Name, model, declared, declared, time.GetElapsedTime(begun), exception.Whole);
        }
    }

    private static bool Equal(PaintedPicture one, PaintedPicture other) => one.Png.Span.SequenceEqual(other.Png.Span);

    private static async Task<PaintedPicture> PaintAsync(IImageBackend backend, ImageRequest request, PaintingSources sources, CancellationToken cancellationToken) =>
        await backend.PaintAsync(request, sources, new NoJournal(), cancellationToken) switch
        {
            PaintingResult.Painted { Pictures: [var picture, ..] } => picture,
            PaintingResult.Refused refused => throw new BackendException(BackendFault.Failed, $"{backend.Name} refused a harmless prompt: {refused.Reason}"),
            _ => throw new BackendException(BackendFault.Failed, $"{backend.Name} painted nothing."),
        };
}

using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Backends;

/// <summary>
/// One check of a backend with one of its models. Two equal requests must give equal pictures; a negative, a weight and the
/// last reference must each change them; two pictures of one call must be two, in the shape that was asked for.
/// </summary>
internal sealed class BackendTrial(IImageBackend backend, string model, TimeProvider time)
{
    // Small enough to be quick, and sizes all models can paint: where there is a choice, of a shape that none has by itself.
    private const int Side = 512, Width = 448, Height = 576;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(1);

    private readonly BackendCapabilities _declared = backend.CapabilitiesOf(model);
    private readonly ImageRequest _plain = new()
    {
        Text = "a red house by a lake",
        Seed = 12345,
        Count = 1,
        Width = backend.CapabilitiesOf(model).Sizes ? Width : Side,
        Height = backend.CapabilitiesOf(model).Sizes ? Height : Side,
        Model = model,
    };

    private readonly List<string> _remarks = [];
    private volatile bool _showsProgress;
    private volatile bool _showsPreviews;

    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<BackendReport> RunAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            var first = await PaintOneAsync(_plain, cancellationToken);
            var took = time.GetElapsedTime(begun);
            var found = new Findings
            {
                // Where it is cropped, the shape is right to a pixel and no more.
                Sizes = _declared.Sizes ? first.Width * Height == first.Height * Width : null,
                Seed = _declared.Seed ? await IsSameAsync(first, _plain, cancellationToken) : null,
            };
            if (found.Sizes == false)
            {
                _remarks.Add($"Asked for {Width} x {Height}, it paints another shape, which is cropped.");
            }

            // Without seeds every picture is another one, and nothing can be told from a difference.
            if (found.Seed == true)
            {
                found.Negative = _declared.Negative ? !await IsSameAsync(first, _plain with { Avoid = ["lake", "house"] }, cancellationToken) : null;
                found.Weights = _declared.Weights ? !await IsSameAsync(await PaintOneAsync(Snow(1.4), cancellationToken), Snow(0.6), cancellationToken) : null;
            }

            var others = _declared.IsFree ? await TryTogetherAsync(found, cancellationToken) : [];
            if (found.Seed == true && _declared.References > 0)
            {
                found.References = await CountReferencesAsync(first, others is [var other, ..] ? other : null, cancellationToken);
            }

            return Report(found, took, null);
        }
        catch (BackendException exception)
        {
            return Report(new(), time.GetElapsedTime(begun), exception.Whole);
        }
    }

    private static bool AreEqual(PaintedPicture one, PaintedPicture other) => one.Png.Span.SequenceEqual(other.Png.Span);

    private ImageRequest Snow(double weight) => _plain with { Additions = [new("snow", weight)] };

    private BackendReport Report(Findings found, TimeSpan took, string? problem) => new(
        backend.Name,
        model,
        _declared,
        _declared with
        {
            Seed = _declared.Seed && found.Seed != false,
            Negative = _declared.Negative && found.Negative != false,
            Weights = _declared.Weights && found.Weights != false,
            References = found.References ?? _declared.References,
            Batch = found.Batch == false ? 1 : _declared.Batch,
            Sizes = _declared.Sizes && found.Sizes != false,
        },
        new()
        {
            Seed = found.Seed == true,
            Negative = found.Negative == true,
            Weights = found.Weights == true,
            References = found.References ?? 0,
            Batch = found.Batch == true ? Together : 1,
            Sizes = found.Sizes == true,
            Progress = _declared.Progress && _showsProgress,
            Preview = _declared.Preview && _showsPreviews,
            Cancel = found.Cancel == true,
        },
        took,
        problem)
    {
        Remarks = [.. _remarks.Distinct(StringComparer.Ordinal)],
    };

    /// <summary>How many pictures one call is tried with.</summary>
    private int Together => Math.Min(2, _declared.Batch);

    /// <summary>
    /// Two pictures in one call, and another job behind it that is stopped: what waits can be stopped at
    /// every server that can stop anything.
    /// </summary>
    /// <returns>The pictures; none where it does not paint them.</returns>
    private async Task<IReadOnlyList<PaintedPicture>> TryTogetherAsync(Findings found, CancellationToken cancellationToken)
    {
        var watch = new Watch(this);
        var painting = PaintAsync(_plain with { Seed = _plain.Seed + 1, Count = Together }, PaintingSources.None, watch, cancellationToken);
        if (_declared.Cancel)
        {
            await Task.WhenAny(painting, watch.Begun);
            found.Cancel = await IsStoppedAsync(cancellationToken) ? true : null;
        }

        IReadOnlyList<PaintedPicture> pictures = [];
        try
        {
            pictures = await painting;
        }
        catch (BackendException exception) when (exception.Fault is BackendFault.Misconfigured or BackendFault.Failed)
        {
            _remarks.Add($"It fails at {Together} pictures in one call: {exception.Whole}");
        }

        found.Batch = Together > 1 ? pictures is [var one, var other] && !AreEqual(one, other) : null;
        if (found.Batch == false && pictures.Count > 0)
        {
            _remarks.Add($"Asked for {Together} pictures in one call, it gave {(pictures.Count == Together ? "the same one twice" : pictures.Count)}.");
        }

        return pictures;
    }

    /// <summary>Begins a job, stops it and waits for its end.</summary>
    /// <returns>Whether it was seen to end without pictures.</returns>
    private async Task<bool> IsStoppedAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = new Watch(this, stop);
        var painting = PaintAsync(_plain with { Count = Math.Min(ImageRequest.GridSize, _declared.Batch) }, PaintingSources.None, watch, stop.Token);
        var isStopped = false;
        try
        {
            // Before it is under way, parts of it may still be on their way.
            await Task.WhenAny(painting, watch.Begun);
            while (!painting.IsCompleted && !isStopped)
            {
                isStopped = await backend.CancelAsync(watch.Ticket!, cancellationToken);
                await Task.WhenAny(painting, Task.Delay(Pause, time, cancellationToken));
            }

            await painting.WaitAsync(LongestEnd, time, cancellationToken);
            return false;
        }
        catch (Exception exception) when (exception is BackendException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return isStopped;
        }
        catch (TimeoutException)
        {
            await stop.CancelAsync();
            return false;
        }
    }

    /// <summary>As many references at once as it takes, in two versions of which the last one differs.</summary>
    /// <param name="other">Another picture than the first; null where there is none.</param>
    /// <returns>How many it follows, as far as can be told: all, one or none.</returns>
    private async Task<int> CountReferencesAsync(PaintedPicture first, PaintedPicture? other, CancellationToken cancellationToken)
    {
        var all = Enumerable.Repeat(first, _declared.References).ToArray();
        if (await FollowAsync(all, cancellationToken) is not { } followed)
        {
            return all.Length > 1 && await FollowAsync([first], cancellationToken) is { } alone && !AreEqual(alone, first) ? 1 : 0;
        }

        if (AreEqual(followed, first))
        {
            return 0;
        }

        return all.Length > 1 && other is not null && await FollowAsync([.. all[1..], other], cancellationToken) is { } changed && AreEqual(changed, followed)
            ? 1
            : all.Length;
    }

    /// <returns>The picture; null where it is refused: an extension is not there, or not the model of one.</returns>
    private async Task<PaintedPicture?> FollowAsync(PaintedPicture[] references, CancellationToken cancellationToken)
    {
        try
        {
            return (await PaintAsync(_plain with { ReferenceWeight = 0.8 }, new([.. references.Select(reference => reference.Png)], default), new Watch(this), cancellationToken))[0];
        }
        catch (BackendException exception) when (exception.Fault is BackendFault.Misconfigured or BackendFault.Failed)
        {
            _remarks.Add(exception.Whole);
            return null;
        }
    }

    private async Task<bool> IsSameAsync(PaintedPicture picture, ImageRequest request, CancellationToken cancellationToken) =>
        AreEqual(picture, await PaintOneAsync(request, cancellationToken));

    private async Task<PaintedPicture> PaintOneAsync(ImageRequest request, CancellationToken cancellationToken) =>
        (await PaintAsync(request, PaintingSources.None, new Watch(this), cancellationToken))[0];

    private async Task<IReadOnlyList<PaintedPicture>> PaintAsync(ImageRequest request, PaintingSources sources, Watch watch, CancellationToken cancellationToken) =>
        await backend.PaintAsync(request, sources, watch, cancellationToken) switch
        {
            PaintingResult.Painted { Pictures: { Count: > 0 } pictures, Cost: var cost } => Costing(pictures, cost),
            PaintingResult.Refused refused => throw new BackendException(BackendFault.Failed, $"{backend.Name} refused a harmless prompt: {refused.Reason}"),
            _ => throw new BackendException(BackendFault.Failed, $"{backend.Name} painted nothing."),
        };

    private IReadOnlyList<PaintedPicture> Costing(IReadOnlyList<PaintedPicture> pictures, string cost)
    {
        if (cost.Length > 0)
        {
            _remarks.Add($"{(pictures.Count == 1 ? "Each of these pictures" : $"{pictures.Count} of these pictures")} cost {cost}.");
        }

        return pictures;
    }

    /// <summary>Whether each has shown itself; null where that could not be seen.</summary>
    private sealed class Findings
    {
        public bool? Seed { get; set; }

        public bool? Negative { get; set; }

        public bool? Weights { get; set; }

        public int? References { get; set; }

        public bool? Batch { get; set; }

        public bool? Sizes { get; set; }

        public bool? Cancel { get; set; }
    }

    /// <summary>Sees what a painting tells while it goes on.</summary>
    /// <param name="stop">Ends the painting where it is handed in anew: what was stopped is not to be painted after all.</param>
    private sealed class Watch(BackendTrial trial, CancellationTokenSource? stop = null) : IPaintingReporter
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Ticket { get; private set; }

        // One is enough to know.
        public bool TakesPreview => !trial._showsPreviews;

        /// <summary>Completes once the server has the whole job and its ticket is known.</summary>
        public Task Begun => _begun.Task;

        public async Task KeepTicketAsync(string ticket, CancellationToken cancellationToken)
        {
            if (Ticket is not null && stop is not null)
            {
                await stop.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            Ticket = ticket;
        }

        public void Report(PaintingProgress value)
        {
            // Nothing and all of it is known without looking.
            if (value.Fraction is > 0 and < 1)
            {
                trial._showsProgress = true;
            }

            if (!value.Preview.IsEmpty)
            {
                trial._showsPreviews = true;
            }

            if (Ticket is not null)
            {
                _begun.TrySetResult();
            }
        }
    }
}

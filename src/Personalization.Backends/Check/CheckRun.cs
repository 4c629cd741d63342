using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Backends.Check;

/// <summary>
/// One check of a backend with one of its models. Two equal requests must give equal pictures; another seed, a negative, a weight and the
/// last reference must each change the picture; two pictures of one call must be different, and have the requested shape.
/// </summary>
internal sealed class CheckRun(IImageBackend backend, string model, IProgress<CheckStep>? steps, Func<CancellationToken, Task> idle, TimeProvider time)
{
    // A size that all models can paint, for those that paint no other shape. Where the size is free, a shape that is no model's
    // default: as small as every server takes, or, of a service, which may refuse such a picture, as small as is usual.
    private const int Side = 512;
    private static readonly (int Width, int Height) Smallest = (256, 320), SmallestOfService = (448, 576);

    // Enough for every sampler; the pictures are compared with each other and need not be finished.
    private const int FewSteps = 4;

    // Beyond the seeds of any batch.
    private const int OtherSeed = 1000;

    private const string Weights = "whether the weight of a word takes effect";
    private const string References = "how many references it follows";
    private static readonly TimeSpan StopInterval = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan MaxStopTime = TimeSpan.FromMinutes(1);

    private readonly BackendCapabilities _declared = backend.CapabilitiesOf(model);
    private readonly ImageRequest _plain = new()
    {
        Text = "a red house by a lake",
        Seed = 12345,
        Count = 1,
        Width = SizeFor(backend.CapabilitiesOf(model)).Width,
        Height = SizeFor(backend.CapabilitiesOf(model)).Height,
        MaxSteps = FewSteps,
        Model = model,
    };

    private readonly CheckObservations _observations = new();
    private readonly CheckPainter _painter = new(backend, steps, MostRequests(backend.CapabilitiesOf(model)), idle);

    /// <summary>How many pictures are requested in one call to check the batch.</summary>
    private int BatchSize => Math.Min(2, _declared.Batch);

    /// <exception cref="OperationCanceledException">The check was canceled.</exception>
    public async Task<CheckReport> RunAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            var findings = new CheckFindings();
            var first = await PaintOneAsync(_plain, "that it paints", cancellationToken);
            var took = time.GetElapsedTime(begun);
            await CheckPictureAsync(findings, first, cancellationToken);
            var others = _declared.IsFree ? await CheckBatchAsync(findings, cancellationToken) : [];
            if (!_declared.Seed && others.Any(other => AreEqual(other, first)))
            {
                _painter.Remarks.Add("Two calls gave the same picture, as a server does whose seed is fixed: another try of a prompt would give it too. Start the server with a random seed.");
            }

            if (findings.Seed == true && _declared.References > 0)
            {
                findings.References = await CountReferencesAsync(first, others is [var other, ..] ? other : null, cancellationToken);
            }

            return Report(findings, took, null);
        }
        catch (BackendException exception)
        {
            return Report(new(), time.GetElapsedTime(begun), exception.FullMessage);
        }
    }

    private static (int Width, int Height) SizeFor(BackendCapabilities declared) => declared switch
    {
        { Sizes: false } => (Side, Side),
        { IsFree: true } => Smallest,
        _ => SmallestOfService,
    };

    // The first picture; where the seed repeats it, one request for the seed, one for a negative, two for weights, and one or
    // two for references; where pictures are free, one for another seed, one for a batch and one to stop.
    private static int MostRequests(BackendCapabilities declared) =>
        1 + (declared.Seed ? 1 + (declared.Negative ? 1 : 0) + (declared.Weights ? 2 : 0) + Math.Min(2, declared.References) : 0)
        + (declared.IsFree ? 1 + (declared.Seed ? 1 : 0) + (declared.Cancel ? 1 : 0) : 0);

    private static bool AreEqual(PaintedPicture one, PaintedPicture other) => one.Png.Span.SequenceEqual(other.Png.Span);

    private ImageRequest WithSnow(double weight) => _plain with { Additions = [new("snow", weight)] };

    private CheckReport Report(CheckFindings findings, TimeSpan took, string? problem) => new(
        backend.Name,
        model,
        _declared,
        findings.KeptOf(_declared),
        findings.ProvedOf(_declared, BatchSize, _observations),
        took,
        problem)
    {
        Remarks = [.. _painter.Remarks.Distinct(StringComparer.Ordinal)],
        Findings = findings,
    };

    /// <summary>Checks what single pictures show: the shape, and whether the seed, a negative and a weight take effect.</summary>
    private async Task CheckPictureAsync(CheckFindings findings, PaintedPicture first, CancellationToken cancellationToken)
    {
        // Exactly: a picture that was cropped has the right shape to within one pixel only.
        findings.Sizes = _declared.Sizes ? first.Width * _plain.Height == first.Height * _plain.Width : null;
        findings.Seed = _declared.Seed ? await IsSameAsync(first, _plain, "whether the same seed gives the same picture", cancellationToken) : null;
        if (findings.Sizes == false)
        {
            _painter.Remarks.Add($"It was asked for {_plain.Width} x {_plain.Height} pixels and painted another shape, so its pictures are cropped.");
        }

        if (findings.Seed == true && _declared.IsFree && await IsSameAsync(first, _plain with { Seed = _plain.Seed + OtherSeed }, "whether another seed gives another picture", cancellationToken))
        {
            findings.Seed = false;
            _painter.Remarks.Add("Every seed gives the same picture, so that another try of a prompt gives it too: the seed does not reach the model.");
        }

        // Without seeds all pictures differ, and a difference shows nothing.
        if (findings.Seed == true)
        {
            findings.Negative = _declared.Negative ? !await IsSameAsync(first, _plain with { Avoid = ["lake", "house"] }, "whether a negative prompt takes effect", cancellationToken) : null;
            findings.Weights = _declared.Weights ? !await IsSameAsync(await PaintOneAsync(WithSnow(1.4), Weights, cancellationToken), WithSnow(0.6), Weights, cancellationToken) : null;
        }
    }

    /// <summary>
    /// Requests two pictures in one call, and stops another job that waits behind it: a server that can stop anything can stop
    /// a waiting job.
    /// </summary>
    /// <returns>The pictures; empty if the server fails at them.</returns>
    private async Task<IReadOnlyList<PaintedPicture>> CheckBatchAsync(CheckFindings findings, CancellationToken cancellationToken)
    {
        var reporter = new CheckReporter(_observations);

        // In as many steps as always: progress, previews and the stopping of another job are only seen while it takes a while.
        var painting = _painter.PaintAsync(_plain with { Seed = _plain.Seed + 1, Count = BatchSize, MaxSteps = null }, PaintingSources.None, reporter, BatchSize > 1 ? "whether one call gives several pictures" : "what it tells of its progress", cancellationToken);
        if (_declared.Cancel)
        {
            await Task.WhenAny(painting, reporter.Begun);
            findings.Cancel = await IsStoppedAsync(cancellationToken) ? true : null;
        }

        IReadOnlyList<PaintedPicture> pictures = [];
        try
        {
            pictures = await painting;
        }
        catch (BackendException exception) when (exception.Fault is BackendFault.Misconfigured or BackendFault.Failed)
        {
            _painter.Remarks.Add($"It fails when asked for {BatchSize} pictures in one call: {exception.FullMessage}");
        }

        findings.Batch = BatchSize > 1 ? pictures is [var one, var other] && !AreEqual(one, other) : null;
        if (findings.Batch == false && pictures.Count > 0)
        {
            _painter.Remarks.Add($"It was asked for {BatchSize} pictures in one call and returned {(pictures.Count == BatchSize ? "the same one twice" : pictures.Count)}.");
        }

        return pictures;
    }

    /// <summary>Begins a job, stops it and waits until it ends.</summary>
    /// <returns>Whether it was seen to end without pictures.</returns>
    private async Task<bool> IsStoppedAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reporter = new CheckReporter(_observations, stop);
        var painting = _painter.PaintAsync(_plain with { Count = Math.Min(ImageRequest.GridSize, _declared.Batch) }, PaintingSources.None, reporter, "whether it can be stopped", stop.Token);
        var isStopped = false;
        try
        {
            // Until then parts of the job may not have been submitted.
            await Task.WhenAny(painting, reporter.Begun);
            while (!painting.IsCompleted && !isStopped)
            {
                isStopped = await backend.CancelAsync(reporter.Ticket!, cancellationToken);
                await Task.WhenAny(painting, Task.Delay(StopInterval, time, cancellationToken));
            }

            await painting.WaitAsync(MaxStopTime, time, cancellationToken);
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
        finally
        {
            await backend.DiscardAsync(reporter, cancellationToken);
        }
    }

    /// <summary>Sends as many references at once as are declared, then the same with another picture as the last one.</summary>
    /// <param name="other">A picture that differs from the first; null if there is none.</param>
    /// <returns>How many references the backend follows, as far as can be observed: all, one or none.</returns>
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

    /// <returns>The picture; null if the server refuses: an extension or its model is missing.</returns>
    private async Task<PaintedPicture?> FollowAsync(PaintedPicture[] references, CancellationToken cancellationToken)
    {
        try
        {
            var sources = new PaintingSources([.. references.Select(reference => reference.Png)], default);
            return (await _painter.PaintAsync(_plain with { ReferenceWeight = 0.8 }, sources, new CheckReporter(_observations), References, cancellationToken))[0];
        }
        catch (BackendException exception) when (exception.Fault is BackendFault.Misconfigured or BackendFault.Failed)
        {
            _painter.Remarks.Add(exception.FullMessage);
            return null;
        }
    }

    private async Task<bool> IsSameAsync(PaintedPicture picture, ImageRequest request, string proves, CancellationToken cancellationToken) =>
        AreEqual(picture, await PaintOneAsync(request, proves, cancellationToken));

    private async Task<PaintedPicture> PaintOneAsync(ImageRequest request, string proves, CancellationToken cancellationToken) =>
        (await _painter.PaintAsync(request, PaintingSources.None, new CheckReporter(_observations), proves, cancellationToken))[0];
}

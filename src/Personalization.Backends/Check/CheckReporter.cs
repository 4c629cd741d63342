using Personalization.Imagine.Backends;

namespace Personalization.Backends.Check;

/// <summary>What the backend reported during any painting of a check. Reports come from any thread.</summary>
internal sealed class CheckObservations
{
    private volatile bool _hasProgress;
    private volatile bool _hasPreview;

    public bool HasProgress => _hasProgress;

    public bool HasPreview => _hasPreview;

    public void Add(PaintingProgress progress)
    {
        // 0 and 1 are known without the server.
        if (progress.Fraction is > 0 and < 1)
        {
            _hasProgress = true;
        }

        if (!progress.Preview.IsEmpty)
        {
            _hasPreview = true;
        }
    }
}

/// <summary>Observes one painting of a check.</summary>
/// <param name="stop">Cancels the painting if it is submitted again: a stopped job must not be painted after all. Null to allow that.</param>
internal sealed class CheckReporter(CheckObservations observations, CancellationTokenSource? stop = null) : IPaintingReporter
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string? Ticket { get; private set; }

    // One preview is enough to prove that there are some.
    public bool TakesPreview => !observations.HasPreview;

    /// <summary>Completes when the server has the whole job and its ticket is known.</summary>
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
        observations.Add(value);
        if (Ticket is not null)
        {
            _begun.TrySetResult();
        }
    }
}

using System.Collections.Concurrent;
using Personalization.Imagine.Backends;

namespace Personalization.Testing;

/// <summary>Keeps all that a painting says, on the thread that says it.</summary>
/// <param name="ticket">What an earlier try left behind.</param>
public sealed class RecordedReporter(string? ticket = null) : IPaintingReporter
{
    private readonly ConcurrentQueue<PaintingProgress> _progress = new();
    private readonly ConcurrentQueue<string> _tickets = new();
    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string? Ticket { get; private set; } = ticket;

    public bool TakesPreview { get; init; } = true;

    public IReadOnlyList<PaintingProgress> Progress => [.. _progress];

    public IReadOnlyList<string> Tickets => [.. _tickets];

    /// <summary>Called on each report.</summary>
    public Action<PaintingProgress> OnReport { get; init; } = _ => { };

    /// <summary>Called with each ticket, once it is kept.</summary>
    public Func<string, Task> OnTicket { get; init; } = _ => Task.CompletedTask;

    /// <summary>Completes with the first report.</summary>
    public Task ReportedAsync() => _reported.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Report(PaintingProgress value)
    {
        _progress.Enqueue(value);
        _reported.TrySetResult();
        OnReport(value);
    }

    public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken)
    {
        Ticket = ticket;
        _tickets.Enqueue(ticket);
        return OnTicket(ticket);
    }
}

namespace Personalization.Imagine.Backends;

/// <summary>Reports nothing, and keeps a ticket for as long as it lives: an interrupted painting starts from scratch.</summary>
public sealed class NullPaintingReporter : IPaintingReporter
{
    public string? Ticket { get; private set; }

    public bool TakesPreview => false;

    public void Report(PaintingProgress value)
    {
    }

    public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken)
    {
        Ticket = ticket;
        return Task.CompletedTask;
    }
}

namespace Personalization.Imagine.Backends;

/// <summary>Reports nothing and keeps no ticket: an interrupted painting starts from scratch.</summary>
public sealed class NullPaintingReporter : IPaintingReporter
{
    public string? Ticket => null;

    public bool TakesPreview => false;

    public void Report(PaintingProgress value)
    {
    }

    public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken) => Task.CompletedTask;
}

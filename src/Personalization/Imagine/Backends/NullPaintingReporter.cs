namespace Personalization.Imagine.Backends;

/// <summary>For a painting that nobody watches and that is begun anew when it is interrupted.</summary>
public sealed class NullPaintingReporter : IPaintingReporter
{
    public string? Ticket => null;

    public bool TakesPreview => false;

    public void Report(PaintingProgress value)
    {
    }

    public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken) => Task.CompletedTask;
}

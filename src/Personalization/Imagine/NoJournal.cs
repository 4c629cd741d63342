namespace Personalization.Imagine;

/// <summary>For a painting that nobody watches and that is begun anew when it is interrupted.</summary>
public sealed class NoJournal : IPaintingJournal
{
    public string? Ticket => null;

    public bool TakesPreview => false;

    public void Report(PaintingProgress value)
    {
    }

    public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken) => Task.CompletedTask;
}

using Personalization.Imagine.Backends;

namespace Personalization.Backends;

/// <summary>Reports a second painting, which must not continue the job of the first.</summary>
internal sealed class FreshReporter(IPaintingReporter inner) : IPaintingReporter
{
    public string? Ticket { get; private set; }

    public bool TakesPreview => inner.TakesPreview;

    public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken)
    {
        Ticket = ticket;
        return inner.KeepTicketAsync(ticket, cancellationToken);
    }

    public void Report(PaintingProgress value) => inner.Report(value);
}

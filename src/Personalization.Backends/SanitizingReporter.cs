using Personalization.Imagine.Backends;
using Personalization.Imaging;

namespace Personalization.Backends;

/// <summary>Sanitizes unfinished pictures, drops what is not a picture, and notes whether the server paints.</summary>
/// <param name="painted">Called once, with the first progress.</param>
/// <param name="waiting">Called with each report that it waits in the server's queue.</param>
internal sealed class SanitizingReporter(string backend, long maxPixels, IPaintingReporter inner, Action painted, Action waiting) : IPaintingReporter
{
    /// <summary>Whether the server showed progress.</summary>
    public bool HasPainted { get; private set; }

    public string? Ticket => inner.Ticket;

    public bool TakesPreview => inner.TakesPreview;

    public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken) => inner.KeepTicketAsync(ticket, cancellationToken);

    public void Report(PaintingProgress value)
    {
        if (!HasPainted && (value.Fraction > 0 || !value.Preview.IsEmpty))
        {
            HasPainted = true;
            painted();
        }

        if (value.Ahead is not null)
        {
            waiting();
        }

        // Servers send many more previews than are shown, and sanitizing decodes and encodes each one.
        if (value.Preview.IsEmpty || !inner.TakesPreview)
        {
            inner.Report(value with { Preview = default });
            return;
        }

        try
        {
            inner.Report(value with { Preview = PictureSanitizer.Read(backend, value.Preview, maxPixels).Png });
        }
        catch (BackendException)
        {
            inner.Report(value with { Preview = default });
        }
    }
}

using Personalization.Imagine.Backends;

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// Merges what the server's socket and its history and queue say of one job: the prompts (one per picture) of the newest
/// submission count equally, none is ever less far than was said before, and each report has the newest unfinished picture.
/// </summary>
internal sealed class ComfyUiProgress : IPaintingReporter
{
    private readonly IPaintingReporter _inner;
    private readonly Func<string, string[]> _promptsOf;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _fractions = new(StringComparer.Ordinal);
    private ReadOnlyMemory<byte> _preview;

    /// <param name="promptsOf">The ids of the prompts of a ticket.</param>
    public ComfyUiProgress(IPaintingReporter inner, Func<string, string[]> promptsOf)
    {
        (_inner, _promptsOf) = (inner, promptsOf);
        Begin(inner.Ticket);
    }

    public string? Ticket => _inner.Ticket;

    public bool TakesPreview => _inner.TakesPreview;

    public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken)
    {
        Begin(ticket);
        return _inner.KeepTicketAsync(ticket, cancellationToken);
    }

    /// <summary>Reports how far a prompt is, 0 to 1, and its unfinished picture or an empty one. Other clients' prompts are ignored.</summary>
    public void Advance(string prompt, double fraction, ReadOnlyMemory<byte> preview = default)
    {
        lock (_lock)
        {
            if (_fractions.TryGetValue(prompt, out var before) && (fraction > before || !preview.IsEmpty))
            {
                _fractions[prompt] = Math.Max(before, fraction);
                _preview = preview.IsEmpty ? _preview : preview;
                Tell(new(0));
            }
        }
    }

    public void Report(PaintingProgress value)
    {
        lock (_lock)
        {
            Tell(value);
        }
    }

    private void Begin(string? ticket)
    {
        lock (_lock)
        {
            _fractions.Clear();
            _preview = default;
            foreach (var prompt in ticket is null ? [] : _promptsOf(ticket))
            {
                _fractions[prompt] = 0;
            }
        }
    }

    // Within the lock: reports must not overtake each other.
    private void Tell(PaintingProgress value) =>
        _inner.Report(value with { Fraction = _fractions.Values.DefaultIfEmpty().Average(), Preview = _preview });
}

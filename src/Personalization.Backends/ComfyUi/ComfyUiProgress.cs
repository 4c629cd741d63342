using Personalization.Imagine.Backends;

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// Merges what the server's socket and its history and queue say of one job: the prompts (one per picture) of the newest
/// submission count equally, and the samplers of a prompt, none is ever less far than was said before, and each report has the
/// newest unfinished picture.
/// </summary>
internal sealed class ComfyUiProgress : IPaintingReporter
{
    private readonly IPaintingReporter _inner;
    private readonly Func<string, string[]> _promptsOf;
    private readonly int _samplers;
    private readonly Action _renew;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _fractions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Prompt, string Node), double> _nodes = [];
    private ReadOnlyMemory<byte> _preview;

    /// <param name="promptsOf">The ids of the prompts of a ticket.</param>
    /// <param name="samplers">How many samplers a prompt has, one after another, at least 1.</param>
    /// <param name="renew">Called with each sign that the server paints, also one that makes no prompt further: a node may begin again, or be one of many.</param>
    public ComfyUiProgress(IPaintingReporter inner, Func<string, string[]> promptsOf, int samplers, Action renew)
    {
        (_inner, _promptsOf, _samplers, _renew) = (inner, promptsOf, samplers, renew);
        Begin(inner.Ticket);
    }

    public string? Ticket => _inner.Ticket;

    public bool TakesPreview => _inner.TakesPreview;

    public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken)
    {
        Begin(ticket);
        return _inner.KeepTicketAsync(ticket, cancellationToken);
    }

    /// <summary>Whether it is a prompt of the newest submission.</summary>
    public bool Has(string prompt)
    {
        lock (_lock)
        {
            return _fractions.ContainsKey(prompt);
        }
    }

    /// <summary>Reports how far a node of a prompt is, 0 to 1: of a base with a refiner, each is half of the prompt.</summary>
    public void AdvanceNode(string prompt, string node, double fraction)
    {
        lock (_lock)
        {
            if (_fractions.ContainsKey(prompt))
            {
                if (!_nodes.TryGetValue((prompt, node), out var before) || before != fraction)
                {
                    _renew();
                }

                _nodes[(prompt, node)] = fraction;
                var known = _nodes.Where(one => one.Key.Prompt == prompt).Select(one => one.Value).ToArray();
                Advance(prompt, known.Sum() / Math.Max(_samplers, known.Length));
            }
        }
    }

    /// <summary>Reports how far a prompt is, 0 to 1, and its unfinished picture or an empty one. Other clients' prompts are ignored.</summary>
    public void Advance(string prompt, double fraction, ReadOnlyMemory<byte> preview = default)
    {
        lock (_lock)
        {
            if (_fractions.TryGetValue(prompt, out var before) && (fraction > before || !preview.IsEmpty))
            {
                _fractions[prompt] = Math.Max(before, fraction);
                if (!preview.IsEmpty)
                {
                    _preview = preview;
                    _renew();
                }

                Tell(new(0));
            }
        }
    }

    public void Report(PaintingProgress value)
    {
        lock (_lock)
        {
            // The queue may have been asked before the socket said that the job has begun.
            Tell(_fractions.Values.Any(fraction => fraction > 0) ? value with { Ahead = null } : value);
        }
    }

    private void Begin(string? ticket)
    {
        lock (_lock)
        {
            _fractions.Clear();
            _nodes.Clear();
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

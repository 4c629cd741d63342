using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Testing;

/// <summary>A backend that answers each request at once, with what a test says. Where jobs wait, hold tickets or are cancelled, use <see cref="ScriptedBackend"/>.</summary>
public sealed class FakeBackend : IImageBackend
{
    public string Name { get; init; } = "Fake";

    public IReadOnlyCollection<string> NamedModels { get; init; } = [];

    /// <summary>In square pixels.</summary>
    public int Area { get; init; } = 512 * 512;

    public BackendCapabilities Capabilities { get; set; } = new();

    /// <summary>The one picture that answers a request.</summary>
    public Func<ImageRequest, PaintedPicture> Picture { get; init; } = _ => new(Requests.Picture(), 64, 64);

    /// <summary>What it throws instead of painting; null to paint.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Which requests <see cref="Failure"/> is for, by their number from 1.</summary>
    public Func<int, bool> Fails { get; init; } = _ => true;

    /// <summary>Which requests are refused, by their number from 1.</summary>
    public Func<int, bool> Refuses { get; init; } = _ => false;

    /// <summary>What it says that it cannot paint, whatever the request.</summary>
    public IReadOnlyList<string> UnknownWords { get; init; } = [];

    /// <summary>What painting waits for; null for nothing.</summary>
    public TaskCompletionSource? Held { get; set; }

    /// <summary>Reported before each picture, and before what it waits for.</summary>
    public IReadOnlyList<byte[]> Previews { get; set; } = [];

    /// <summary>Called each time it is asked what it is.</summary>
    public Action OnInspect { get; init; } = () => { };

    /// <summary>Every request, in order.</summary>
    public List<ImageRequest> Asked { get; } = [];

    public (int Area, int Step) SizeOf(string model) => (Area, 8);

    public BackendCapabilities CapabilitiesOf(string model) => Capabilities;

    public Task InspectAsync(string model, CancellationToken cancellationToken)
    {
        OnInspect();
        return Task.CompletedTask;
    }

    public IReadOnlyList<string> UnknownWordsOf(ImageRequest request) => UnknownWords;

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken)
    {
        var number = Count(request);
        if (Failure is { } failure && Fails(number))
        {
            throw failure;
        }

        if (Refuses(number))
        {
            return new PaintingResult.Refused(new PaintingRefusal.AgainstRules());
        }

        foreach (var preview in Previews)
        {
            journal.Report(new(0.5, null, preview));
        }

        if (Held is { } held)
        {
            await held.Task;
        }

        return new PaintingResult.Painted([Picture(request)]);
    }

    public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => Task.FromResult(false);

    private int Count(ImageRequest request)
    {
        lock (Asked)
        {
            Asked.Add(request);
            return Asked.Count;
        }
    }
}

using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Backends.Http;

/// <summary>Collects the pictures of one request: one that is withheld, damaged or gone does not lose the others, which may be paid for.</summary>
internal sealed class ReceivedPictures
{
    private readonly List<(int Position, PaintedPicture Picture)> _pictures = [];
    private BackendException? _problem;
    private int _lost;

    /// <summary>Pictures that a filter of the service withheld.</summary>
    public int Withheld { get; set; }

    /// <summary>Readable pictures so far.</summary>
    public int Count => _pictures.Count;

    /// <summary>Those and the ones that will not come: what need not be requested again.</summary>
    public int Settled => _pictures.Count + Withheld + _lost;

    /// <summary>Adds a picture, or counts it as lost if it cannot be read.</summary>
    /// <param name="position">Its position in the request, from 0.</param>
    public async Task AddAsync(int position, Func<Task<PaintedPicture>> read)
    {
        try
        {
            _pictures.Add((position, await read()));
        }
        catch (BackendException exception)
        {
            Lose(exception);
        }
    }

    /// <summary>Adds a picture that is here already, or counts it as lost if it cannot be read.</summary>
    /// <param name="position">Its position in the request, from 0.</param>
    public Task AddAsync(int position, Func<PaintedPicture> read) => AddAsync(position, () => Task.FromResult(read()));

    /// <summary>Counts pictures as lost.</summary>
    public void Lose(BackendException problem, int count = 1)
    {
        _problem ??= problem;
        _lost += count;
    }

    /// <summary>Adds what one call of several returned, at the positions after those so far.</summary>
    /// <exception cref="BackendException">It returned no readable picture, for another reason than a filter: the call may be repeated.</exception>
    public void Append(ReceivedPictures call)
    {
        if (call is { Count: 0, Withheld: 0 })
        {
            throw call.Problem;
        }

        var begin = Settled;
        _pictures.AddRange(call._pictures.Select(picture => (begin + picture.Position, picture.Picture)));
        (Withheld, _lost, _problem) = (Withheld + call.Withheld, _lost + call._lost, _problem ?? call._problem);
    }

    private BackendException Problem => _problem ?? new(BackendFault.Failed, "The server returned no pictures.");

    /// <summary>The pictures; a refusal if all were withheld.</summary>
    /// <exception cref="BackendException">There is no picture, for another reason than a filter.</exception>
    public PaintingResult Result()
    {
        if (_pictures.Count == 0)
        {
            return Withheld > 0 && _problem is null
                ? new PaintingResult.Refused(new PaintingRefusal.Withheld(Withheld, Withheld))
                : throw Problem;
        }

        var ordered = _pictures.OrderBy(picture => picture.Position).ToArray();
        return new PaintingResult.Painted([.. ordered.Select(picture => picture.Picture)])
        {
            Positions = [.. ordered.Select(picture => picture.Position)],
            Withheld = Withheld,
            Problem = _problem?.Message ?? "",
        };
    }
}

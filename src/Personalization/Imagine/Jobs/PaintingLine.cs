namespace Personalization.Imagine.Jobs;

/// <summary>
/// The jobs that wait for one backend. Turns go round between people: each person's next painting comes before anybody's second,
/// and a person's own come in the order of their ids. That is start-time fair queueing (Goyal, Vin and Cheng 1996) with
/// people as flows and one painting as the unit: whoever joins starts in the present round, and each turn moves the person's
/// next one a round on. No order depends on a clock.
/// </summary>
/// <param name="atOnce">Turns at the same time, at least 1.</param>
internal sealed class PaintingLine(int atOnce, TimeProvider time)
{
    /// <summary>Paintings whose durations are remembered: enough for a median, and few enough that it follows a change.</summary>
    private const int MaxDurations = 9;

    private readonly Lock _lock = new();
    private readonly Dictionary<PersonId, Own> _people = [];
    private readonly Queue<TimeSpan> _durations = new(MaxDurations);
    private long _round;
    private int _running;
    private TaskCompletionSource? _idle;

    /// <summary>Completes once nothing is painted and nothing waits.</summary>
    public Task IdleAsync()
    {
        lock (_lock)
        {
            return _running == 0 ? Task.CompletedTask : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Takes a place in the line until the turn is disposed of.</summary>
    public PaintingTurn Join(PersonId person, ulong job)
    {
        lock (_lock)
        {
            if (!_people.TryGetValue(person, out var own))
            {
                _people.Add(person, own = new());
            }

            if (own.Waiting.Count == 0)
            {
                own.Round = Math.Max(_round, own.Round);
            }

            var turn = new PaintingTurn(this, person, job);
            own.Waiting.Insert(own.Waiting.FindLastIndex(other => other.Job < job) + 1, turn);
            BeginTurns();
            return turn;
        }
    }

    /// <summary>Jobs that would have their turn before this one if nothing joined, and the time until this one is painted; null while no duration is known.</summary>
    public (int Ahead, TimeSpan? Remaining) PlaceOf(PaintingTurn turn)
    {
        lock (_lock)
        {
            var ahead = AheadOf(turn);
            if (_durations.Count == 0)
            {
                return (ahead, null);
            }

            // Of those being painted, half is done on average.
            var median = _durations.Order().ElementAt(_durations.Count / 2);
            return (ahead, median * (((ahead + 0.5) / atOnce) + 1));
        }
    }

    internal void Leave(PaintingTurn turn, bool isPainted)
    {
        lock (_lock)
        {
            if (_people.TryGetValue(turn.Person, out var own) && own.Waiting.Remove(turn))
            {
                return;
            }

            _running--;
            if (isPainted)
            {
                if (_durations.Count == MaxDurations)
                {
                    _durations.Dequeue();
                }

                _durations.Enqueue(time.GetElapsedTime(turn.Begun));
            }

            BeginTurns();
        }
    }

    private void BeginTurns()
    {
        while (_running < atOnce && _people.Values.Where(own => own.Waiting.Count > 0).MinBy(own => (own.Round, own.Waiting[0].Job)) is { } own)
        {
            var turn = own.Waiting[0];
            own.Waiting.RemoveAt(0);
            _running++;
            _round = own.Round++;
            turn.Begin(time.GetTimestamp());
        }

        if (_running == 0)
        {
            _people.Clear();
            _idle?.SetResult();
            _idle = null;
        }
    }

    /// <summary>Of each person, those in an earlier round, and the one in the same round if its id is lower.</summary>
    private int AheadOf(PaintingTurn turn)
    {
        if (!_people.TryGetValue(turn.Person, out var person) || person.Waiting.IndexOf(turn) is var index && index < 0)
        {
            return 0;
        }

        var round = person.Round + index;
        return _people.Values.Sum(own =>
        {
            var before = (int)Math.Clamp(round - own.Round, 0, own.Waiting.Count);
            return before + (round >= own.Round && before < own.Waiting.Count && own.Waiting[before].Job < turn.Job ? 1 : 0);
        });
    }

    /// <summary>A person's waiting jobs by their ids, and the round of the first; each further one is a round later.</summary>
    private sealed class Own
    {
        public long Round { get; set; }

        public List<PaintingTurn> Waiting { get; } = [];
    }
}

/// <summary>A job's place in a line, and then its turn; both are over once it is disposed of.</summary>
internal sealed class PaintingTurn(PaintingLine line, PersonId person, ulong job) : IDisposable
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isOver;

    public PersonId Person => person;

    public ulong Job => job;

    /// <summary>Completes when the turn begins.</summary>
    public Task Turn => _begun.Task;

    /// <summary>When the turn began, as a timestamp of the line's clock.</summary>
    public long Begun { get; private set; }

    /// <summary>Whether the turn was used for a painting, whose duration counts in estimates.</summary>
    public bool IsPainted { get; set; }

    /// <inheritdoc cref="PaintingLine.PlaceOf"/>
    public (int Ahead, TimeSpan? Remaining) Place() => line.PlaceOf(this);

    public void Dispose()
    {
        if (!_isOver)
        {
            _isOver = true;
            line.Leave(this, IsPainted);
        }
    }

    internal void Begin(long timestamp)
    {
        Begun = timestamp;
        _begun.SetResult();
    }
}

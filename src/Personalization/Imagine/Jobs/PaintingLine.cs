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
    private readonly List<PaintingTurn> _waiting = [];
    private readonly Dictionary<PersonId, long> _nextRounds = [];
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
            if (!_waiting.Exists(other => other.Person == person))
            {
                _nextRounds[person] = Math.Max(_round, _nextRounds.GetValueOrDefault(person));
            }

            var turn = new PaintingTurn(this, person, job);
            _waiting.Add(turn);
            BeginTurns();
            return turn;
        }
    }

    /// <summary>Jobs that would have their turn before this one if nothing joined, and the time until this one is painted; null while no duration is known.</summary>
    public (int Ahead, TimeSpan? Remaining) PlaceOf(PaintingTurn turn)
    {
        lock (_lock)
        {
            var ahead = InOrder().TakeWhile(other => other.Turn != turn).Count();
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
            if (_waiting.Remove(turn))
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
        while (_running < atOnce && _waiting.Count > 0)
        {
            var (turn, round) = InOrder().First();
            _waiting.Remove(turn);
            _running++;
            _round = round;
            _nextRounds[turn.Person] = round + 1;
            turn.Begin(time.GetTimestamp());
        }

        if (_running == 0)
        {
            _nextRounds.Clear();
            _idle?.SetResult();
            _idle = null;
        }
    }

    private IEnumerable<(PaintingTurn Turn, long Round)> InOrder() => _waiting
        .GroupBy(turn => turn.Person)
        .SelectMany(own => own.OrderBy(turn => turn.Job).Select((turn, i) => (Turn: turn, Round: _nextRounds[own.Key] + i)))
        .OrderBy(turn => turn.Round)
        .ThenBy(turn => turn.Turn.Job);
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

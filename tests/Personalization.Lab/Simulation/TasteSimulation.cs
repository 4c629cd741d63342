using System.Text.Json;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Prompts;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.Lab.Simulation;

/// <summary>
/// Simulated people vote on the shipped pool, pair by pair as the bot shows them, and then compare pictures with and without
/// <c>--p</c>. The results hold for people who are as simulated, which real people may not be.
/// </summary>
public sealed class TasteSimulation
{
    /// <summary>The numbers of votes after which pictures are compared.</summary>
    public static readonly IReadOnlyList<int> Votes = [0, 10, 20, 50, 100, 200];

    /// <summary>The strengths that are compared.</summary>
    public static readonly IReadOnlyList<int> Strengths = [0, 50, 100, 250, 500, 1000];

    /// <summary>Votes at which learning by the bot's pairs is compared with learning by random ones.</summary>
    public static readonly IReadOnlyList<int> Compared = [10, 20, 40, 60, 80, 100, 120, 160, 200];

    /// <summary>The votes after which people of <see cref="TasteKind.Tiring"/> answer at random.</summary>
    public static readonly int TiredAfter = Votes[^1] * 9 / 10;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    // Of each kind: enough for an error of two points.
    private const int MaxLiking = 20;
    private const int JudgedPrompts = 4;
    private const int HeldOutPairs = 100;

    private readonly SimulationOptions _options;
    private readonly LabPool _lab;
    private readonly CancellationToken _cancellationToken;
    private readonly PicturePool _pool;
    private readonly PicturePool _heldOut;
    private readonly PromptAugmenter _augmenter;
    private readonly PixelTaste? _pixels;
    private readonly ExtractedTaste? _extracted;

    private TasteSimulation(SimulationOptions options, LabPool lab, CancellationToken cancellationToken)
    {
        _options = options;
        _lab = lab;
        _cancellationToken = cancellationToken;

        // A new server without votes: each taste is learnt from its own votes only.
        var community = CommunityLearner.Initial(lab.Vocabulary);
        _pool = new(community, lab.Pool());
        _heldOut = new(community, lab.HeldOut());
        _augmenter = new(lab.Vocabulary);
        (_pixels, _extracted) = options.Painted ? (new(lab, _pool.Pictures, cancellationToken), new(lab, _pool.Pictures, cancellationToken)) : default((PixelTaste?, ExtractedTaste?));
    }

    private TasteModel Model => _pool.Community.Model;

    /// <summary>Simulates, prints tables, and draws plots where a folder is given.</summary>
    /// <exception cref="OperationCanceledException">The simulation was cancelled; nothing was written.</exception>
    public static SimulationReport Run(SimulationOptions options, LabPool lab, TextWriter output, CancellationToken cancellationToken)
    {
        var simulation = new TasteSimulation(options, lab, cancellationToken);
        var rates = simulation.WinRates();
        var (active, random) = (simulation.Learn(isRandom: null), simulation.Learn(isRandom: true));
        var report = new SimulationReport(
            options,
            rates,
            active,
            random,
            Reaches(active, random[^1].Accuracy.Value, at => at.Accuracy.Value),
            Reaches(active, random[^1].Win.Value, at => at.Win.Value))
        {
            Dial = options.Painted ? DialSimulation.Run(lab, options.Seed, DialSimulation.Judged, cancellationToken) : [],
            Likes = options.Painted ? LikeSimulation.Run(lab, Enum.GetValues<LikingKind>(), Math.Min(options.People, MaxLiking), options.Seed, cancellationToken) : [],
        };
        SimulationTables.Write(report, output);
        if (options.Folder is { } folder)
        {
            File.WriteAllText(Path.Combine(folder, "report.json"), JsonSerializer.Serialize(report, Json));
            SimulationPlots.Draw(report, folder);
        }

        return report;
    }

    /// <summary>Where the curve through the points first reaches a level, by straight lines between them.</summary>
    private static double? Reaches(LearntAt[] curve, double level, Func<LearntAt, double> of)
    {
        for (var i = 0; i < curve.Length; i++)
        {
            if (of(curve[i]) < level)
            {
                continue;
            }

            return i == 0
                ? curve[0].Votes
                : curve[i - 1].Votes + ((level - of(curve[i - 1])) / (of(curve[i]) - of(curve[i - 1])) * (curve[i].Votes - curve[i - 1].Votes));
        }

        return null;
    }

    private WinRate[] WinRates()
    {
        TasteKind[] painted = _options.Painted ? [TasteKind.Pixels, TasteKind.Extracted] : [];
        TasteKind[] kinds = [TasteKind.Axes, .. painted, TasteKind.Middle, TasteKind.Lapsing, TasteKind.Reversing, TasteKind.Turning, TasteKind.Wandering, TasteKind.Tiring, TasteKind.Contradictory];
        var rates = new List<WinRate>();
        foreach (var kind in kinds)
        {
            var people = SimulatePeople(kind, Votes, isRandom: null, (taste, person, random) =>
                (Shares: Strengths.Select(strength => Win(taste, person, strength, random.Next())).ToArray(), Length: Length(taste), Accuracy: Accuracy(taste, person, random)));
            for (var at = 0; at < Votes.Count; at++)
            {
                for (var strength = 0; strength < Strengths.Count; strength++)
                {
                    rates.Add(new(
                        kind,
                        Votes[at],
                        Strengths[strength],
                        Estimate.FromPeople([.. people.Select(person => person[at].Shares[strength])]),
                        Estimate.FromPeople([.. people.Select(person => person[at].Length)]),
                        Estimate.FromPeople([.. people.Select(person => person[at].Accuracy)])));
                }
            }
        }

        return [.. rates];
    }

    private LearntAt[] Learn(bool? isRandom)
    {
        var people = SimulatePeople(TasteKind.Axes, Compared, isRandom, (taste, person, random) =>
            (Accuracy: Accuracy(taste, person, random), Win: Win(taste, person, Stylize.MaxValue, random.Next())));
        return [.. Compared.Select((votes, at) => new LearntAt(
            votes,
            Estimate.FromPeople([.. people.Select(person => person[at].Accuracy)]),
            Estimate.FromPeople([.. people.Select(person => person[at].Win)])))];
    }

    /// <summary>Lets all people of a kind vote, and measures after each number of votes. The people do not depend on what is measured.</summary>
    private T[][] SimulatePeople<T>(TasteKind kind, IReadOnlyList<int> votes, bool? isRandom, Func<TastePosterior, SimulatedPerson, Random, T> ask)
    {
        var people = new T[_options.People][];
        Parallel.For(0, _options.People, new ParallelOptions { CancellationToken = _cancellationToken }, index =>
        {
            var person = Person(kind, new Random(unchecked((((_options.Seed * 31) + (int)kind) * 1_000_003) + index)));
            var random = new Random(unchecked((_options.Seed * 7919) + index));
            people[index] = [.. Voting.Tastes(_pool, person, votes, isRandom, random, _cancellationToken).Select(taste => ask(taste, person, new Random(index)))];
        });
        return people;
    }

    private SimulatedPerson Person(TasteKind kind, Random random)
    {
        // By the model's prior, with which a person who is asked twice gives the same answer in 80% of cases.
        double[] Weights() => [.. Enumerable.Range(0, DimensionOf(kind)).Select(_ => random.NextNormal())];
        Func<Picture, double> UtilityOf(double[] weights) => kind switch
        {
            TasteKind.Pixels => picture => _pixels!.Utility(weights, picture),
            TasteKind.Extracted => _extracted!.Along(weights),
            TasteKind.Middle => picture => MiddleTaste.Utility(weights, picture),
            _ => picture => Dot(weights, _pool.Community.Space.FeaturesOf(picture)!.Values),
        };

        var (weights, later) = (Weights(), Weights());
        return new(UtilityOf(weights), followsTaste: kind != TasteKind.Contradictory, random)
        {
            Lapses = kind == TasteKind.Lapsing ? _options.Lapses : 0,
            TiredAfter = kind == TasteKind.Tiring ? TiredAfter : int.MaxValue,
            Changing = kind switch
            {
                TasteKind.Reversing => Halfway([.. weights.Select(weight => -weight)]),
                TasteKind.Turning => Halfway(later),
                TasteKind.Wandering => Wander,
                _ => null,
            },
        };

        Func<Picture, double> Wander(int votes)
        {
            var (sin, cos) = Math.SinCos(Math.PI / 2 * votes / Votes[^1]);
            return UtilityOf([.. weights.Zip(later, (from, to) => (cos * from) + (sin * to))]);
        }

        Func<int, Func<Picture, double>> Halfway(double[] other) => votes => UtilityOf(votes < Votes[^1] / 2 ? weights : other);
    }

    private int DimensionOf(TasteKind kind) => kind switch
    {
        TasteKind.Pixels => PixelTaste.Dimension,
        TasteKind.Extracted => _extracted!.Dimension,
        _ => _lab.Vocabulary.Dimension,
    };

    /// <summary>The share of held-out pairs of one prompt in which the picture that is predicted to be preferred is the one of higher utility.</summary>
    private double Accuracy(TastePosterior taste, SimulatedPerson person, Random random)
    {
        var right = 0;
        for (var i = 0; i < HeldOutPairs; i++)
        {
            var prompt = _heldOut.Prompts[random.Next(_heldOut.Prompts.Count)];
            var a = random.Next(prompt.Count);
            var b = (a + 1 + random.Next(prompt.Count - 1)) % prompt.Count;
            var predicted = Model.Probability(taste, prompt[a].Features, prompt[b].Features) > 0.5;
            right += predicted == person.Utility(prompt[a].Picture) > person.Utility(prompt[b].Picture) ? 1 : 0;
        }

        return right / (double)HeldOutPairs;
    }

    /// <summary>The expected share of pictures, four for each of some prompts, for which they prefer the one with --p to the same one without.</summary>
    private double Win(TastePosterior taste, SimulatedPerson person, int strength, int seed)
    {
        var blend = Voting.BlendOf(taste, _lab.Vocabulary);
        var stylize = Stylize.TryCreate(strength, out var valid) ? valid : throw new ArgumentOutOfRangeException(nameof(strength));
        var wins = 0.0;
        for (var i = 0; i < JudgedPrompts; i++)
        {
            var prompt = (int)((uint)(seed + (i * 17)) % (uint)_lab.Prompts.Count);
            var plain = new ImageRequest { Text = _lab.Prompts[prompt], Seed = (uint)prompt, Count = ImageRequest.GridSize, Width = 96, Height = 96 };
            var request = _augmenter.Augment(plain, blend, new Prompt { Text = plain.Text, Stylize = stylize });
            for (var picture = 0; picture < plain.Count; picture++)
            {
                // For a taste on pixels, each of hundreds of these paints a picture.
                _cancellationToken.ThrowIfCancellationRequested();
                var pictureSeed = plain.Seed + (uint)picture;
                var without = Painted(plain.Text, pictureSeed, _augmenter.NeutralStyle);
                wins += request.Styles.Count == 0 ? 0.5 : person.Prefers(Painted(plain.Text, pictureSeed, request.Styles[picture]), without);
            }
        }

        return wins / (JudgedPrompts * ImageRequest.GridSize);
    }

    private static Picture Painted(string prompt, uint seed, StyleVector style) => new()
    {
        Kind = PictureKind.Made,
        Prompt = prompt,
        Style = style,
        Seed = seed,
        Width = 96,
        Height = 96,
    };

    private static double Length(TastePosterior taste) => Math.Sqrt(Dot(taste.Mean.ToArray(), taste.Mean));

    /// <summary>The sum of the products.</summary>
    internal static double Dot(double[] left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}

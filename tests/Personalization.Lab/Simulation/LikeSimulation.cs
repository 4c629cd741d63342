using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Taste;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Lab.Simulation;

/// <summary>
/// Simulated people like pictures, page by page as the bot shows them, and others who are alike vote on pairs: how much does a
/// like teach of what a vote does? Most of them do not decide as the model assumes.
/// </summary>
public sealed class LikeSimulation
{
    /// <summary>The numbers of votes, and of likes, after which the tastes are compared.</summary>
    public static readonly IReadOnlyList<int> Counts = [32, 100, 200];

    private const int HeldOutPairs = 200;
    private static readonly GuildId Guild = new(5);
    private static readonly Viewer Viewer = new(default, new HashSet<GuildId> { Guild });

    private const int Makers = 40;
    private const int GridsEach = 4;
    private const int GridSize = 4;
    private const float HouseLean = 0.3f;

    // The share of pictures that a person likes who likes all that are good enough.
    private const double LikedShare = 0.2;

    private static readonly string[] Subjects = ["A castle", "A fox", "A sailing ship", "An old bridge", "A rose garden", "A portrait of a man", "A deer", "A village", "A tower", "A heron"];
    private static readonly string[] Places = ["by a lake", "in autumn", "in the mountains", "near the sea"];

    private readonly LabPool _lab;
    private readonly bool _withMade;
    private readonly PicturePool _heldOut;
    private readonly Lazy<PixelTaste> _pixels;
    private readonly CancellationToken _cancellationToken;

    /// <param name="withMade">Whether people made pictures; otherwise pages show ranking pictures alone, as on a new server.</param>
    public LikeSimulation(LabPool lab, bool withMade, CancellationToken cancellationToken)
    {
        (_lab, _withMade) = (lab, withMade);
        _cancellationToken = cancellationToken;
        var community = CommunityLearner.Initial(lab.Vocabulary);
        Pool = new(community, lab.Pool(), withMade ? Made() : []);
        _heldOut = new(community, lab.HeldOut());
        _pixels = new(() => new(lab, Pool.Pictures, cancellationToken));
    }

    /// <summary>People like, and vote, on a server where people made pictures and on a new one.</summary>
    /// <param name="kinds">Those who like by pixels need every picture painted, which takes a minute.</param>
    /// <param name="people">How many of each kind.</param>
    public static IReadOnlyList<LikeRow> Run(LabPool lab, IReadOnlyList<LikingKind> kinds, int people, int seed, CancellationToken cancellationToken) =>
    [
        .. ((bool[])[true, false])
            .Select(withMade => new LikeSimulation(lab, withMade, cancellationToken))
            .SelectMany(simulation => kinds.SelectMany(kind => simulation.Compare(kind, people, seed))),
    ];

    private PicturePool Pool { get; }

    private TasteModel Model => Pool.Community.Model;

    private IEnumerable<LikeRow> Compare(LikingKind kind, int people, int seed)
    {
        var compared = Enumerable.Range(0, people).AsParallel().WithCancellation(_cancellationToken).Select(index => ComparePerson(kind, index, seed)).ToArray();
        return Counts.Index().Select(count => new LikeRow(
            kind,
            _withMade,
            count.Item,
            compared.Average(person => person[count.Index].Before),
            compared.Average(person => person[count.Index].Votes),
            compared.Average(person => person[count.Index].Likes),
            compared.Average(person => person[count.Index].Right),
            compared.Average(person => person[count.Index].Wrong)));
    }

    private (double Before, double Votes, double Likes, double Right, double Wrong)[] ComparePerson(LikingKind kind, int index, int seed)
    {
        var likes = Likes(Person(kind, index, seed), Counts[^1], index);
        var person = Person(kind, index, seed);
        var votes = Voting.Tastes(Pool, person.Voter, Counts, isRandom: null, new Random(index), _cancellationToken).ToArray();
        var before = Score(Model.Prior, person, index);
        return
        [
            .. Counts.Select((count, i) =>
            {
                var taste = Learn(likes[..count]);
                var sure = TasteTrait.AllOf(Pool.Community.Space, taste).Index().Where(axis => axis.Item.IsSure).ToArray();
                var right = kind is LikingKind.Pixels or LikingKind.Chance ? 0 : sure.Count(axis => taste.Mean[axis.Index] * person.Weights[axis.Index] > 0);
                return (before, Score(votes[i], person, index), Score(taste, person, index), right, kind == LikingKind.Pixels ? 0.0 : sure.Length - right);
            }),
        ];
    }

    /// <summary>A person of a kind, always the same for the same index and seed.</summary>
    private LikingPerson Person(LikingKind kind, int index, int seed)
    {
        var random = new Random(unchecked((((seed * 31) + (int)kind) * 1_000_003) + index));
        var axes = _lab.Vocabulary.Dimension;
        var weights = Enumerable.Range(0, axes).Select(_ => random.NextNormal()).ToArray();
        switch (kind)
        {
            case LikingKind.TwoAxes:
                var two = Enumerable.Range(0, axes).OrderBy(_ => random.Next()).Take(2).ToArray();
                weights = [.. weights.Select((weight, axis) => two.Contains(axis) ? 2.5 * Math.Sign(weight) : 0)];
                break;
            case LikingKind.Pixels:
                weights = weights[..3];
                break;
        }

        var subjects = new Dictionary<string, double>(StringComparer.Ordinal);
        double Subject(Picture picture)
        {
            if (!subjects.TryGetValue(picture.Prompt, out var liking))
            {
                liking = subjects[picture.Prompt] = new StableRandom(StableRandom.Mix((ulong)(index + 1)) ^ (ulong)picture.Prompt.Sum(letter => letter * 7919L)).NextNormal();
            }

            return liking;
        }

        double Linear(Picture picture) => TasteSimulation.Dot(weights, Pool.Community.Space.FeaturesOf(picture)!.Values);

        Func<Picture, double> utility = kind switch
        {
            LikingKind.Middle => picture => MiddleTaste.Utility(weights, picture),
            LikingKind.Subjects => picture => Linear(picture) + (2 * Subject(picture)),
            LikingKind.Pixels => picture => _pixels.Value.Utility(weights, picture),
            LikingKind.Chance => _ => 0,
            _ => Linear,
        };
        return new(new(utility, followsTaste: kind != LikingKind.Chance, random), weights, isPicky: index % 2 == 0, random);
    }

    /// <summary>The likes of a person in order, with the pages that they were given on.</summary>
    private List<Like> Likes(LikingPerson person, int count, int index)
    {
        var likes = new List<Like>(count);
        var liked = new HashSet<PictureId>();
        IReadOnlyList<Picture> made = [.. Pool.Made.Select(member => member.Picture).OrderByDescending(picture => picture.Id.Value)];
        IReadOnlyList<Picture> ranking = [.. Pool.Pictures.Select(member => member.Picture)];
        var utilities = Pool.Pictures.Concat(Pool.Made).Select(member => person.Utility(member.Picture)).Order().ToArray();
        var threshold = utilities[(int)((1 - LikedShare) * utilities.Length)];
        for (var walk = 0; likes.Count < count; walk++)
        {
            var pages = new PageWalk((uint)((index * 100) + walk), default, 0).Pages(made, ranking, StyleOf);
            foreach (var shown in pages.TakeWhile(page => likes.Count < count && page.Count == PageWalk.PageSize))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                foreach (var picture in person.Likes(shown, threshold).Where(picture => liked.Add(picture.Id)))
                {
                    var profile = new ProfileId((ulong)index + 1);
                    var drawn = LikeDraw.From(Pool, profile, picture, Pool.Find(picture.Id)!.Features, Viewer);
                    likes.Add(new(profile, picture.Id, [.. shown.Where(other => other != picture).Select(other => other.Id)], drawn));
                }
            }
        }

        return likes[..count];
    }

    /// <summary>The taste that the likes teach.</summary>
    private TastePosterior Learn(IReadOnlyCollection<Like> likes) => Model.Rebuild([.. new ComparisonBuilder(new FeatureLookup(Pool, null!)).From(likes)]);

    /// <summary>The share of held-out pairs of one prompt in which the picture of higher utility is predicted; half of a pair without a prediction.</summary>
    private double Score(TastePosterior taste, LikingPerson person, int index)
    {
        var random = new Random(index);
        var right = 0.0;
        for (var i = 0; i < HeldOutPairs; i++)
        {
            var prompt = _heldOut.Prompts[random.Next(_heldOut.Prompts.Count)];
            var a = random.Next(prompt.Count);
            var b = (a + 1 + random.Next(prompt.Count - 1)) % prompt.Count;
            var lead = Model.Probability(taste, prompt[a].Features, prompt[b].Features) - 0.5;
            right += Math.Abs(lead) < 1e-9 ? 0.5 : lead > 0 == person.Voter.Prefers(prompt[a].Picture, prompt[b].Picture) > 0.5 ? 1 : 0;
        }

        return right / HeldOutPairs;
    }

    private double[] StyleOf(Picture picture) => Pool.Community.Space.FeaturesOf(picture)!.Values[..Pool.Community.Space.StyleDimension].ToArray();

    /// <summary>
    /// Grids of four that people made: two in five plain, the others in a style of their maker's, each grid of its own subject.
    /// All lean to the high end of the first two axes, as what is made in one place has something in common.
    /// </summary>
    private IEnumerable<Picture> Made()
    {
        var random = new Random(7);
        for (var grid = 0; grid < Makers * GridsEach; grid++)
        {
            var maker = grid % Makers;
            var direction = new Random(maker);
            var strength = random.NextDouble() < 0.4 ? 0 : 0.3 + (0.7 * random.NextDouble());
            float[] style = [.. Enumerable.Range(0, _lab.Vocabulary.Dimension).Select(axis => (float)Math.Clamp((axis < 2 ? HouseLean : 0) + (strength * direction.NextNormal()), -1, 1))];
            var prompt = $"{Subjects[random.Next(Subjects.Length)]} {Places[random.Next(Places.Length)]}{new string('!', grid / 40)}";
            for (var i = 0; i < GridSize; i++)
            {
                yield return new()
                {
                    Id = new(200_000 + (grid * GridSize) + i),
                    Kind = PictureKind.Made,
                    Author = new PersonId((ulong)maker + 1_000_000),
                    Guild = Guild,
                    Prompt = prompt,
                    Style = new([.. style.Select(coordinate => strength == 0 ? coordinate : (float)Math.Clamp(coordinate + (0.1 * random.NextNormal()), -1, 1))]),
                    Seed = (uint)((grid * GridSize) + i),
                    Width = 96,
                    Height = 96,
                };
            }
        }
    }
}

/// <summary>What people of one kind have taught by likes, and others like them by votes; means over people.</summary>
/// <param name="WithMade">Whether people made pictures; otherwise the pages show ranking pictures.</param>
/// <param name="Count">The number of likes, and of votes.</param>
/// <param name="Before">The share of held-out pairs that is predicted before the first.</param>
/// <param name="Votes">The same after the votes.</param>
/// <param name="Likes">The same after the likes.</param>
/// <param name="Right">How many traits are sure after the likes, and true of the person; 0 where the taste is on pixels.</param>
/// <param name="Wrong">How many are sure and not true.</param>
public sealed record LikeRow(LikingKind Kind, bool WithMade, int Count, double Before, double Votes, double Likes, double Right, double Wrong)
{
    /// <summary>How much of the gain of the votes the likes reach.</summary>
    public double ShareOfGain => (Likes - Before) / (Votes - Before);
}

/// <summary>How a simulated person likes pictures.</summary>
public enum LikingKind
{
    /// <summary>By all axes of style, as the model assumes.</summary>
    Axes,

    /// <summary>By two axes alone, strongly.</summary>
    TwoAxes,

    /// <summary>The nearer to a point in the space of styles, the better: of an axis they may like the middle.</summary>
    Middle,

    /// <summary>By the axes, and more by the subject.</summary>
    Subjects,

    /// <summary>By lightness, colourfulness and edges of the painted picture, which the model is not given.</summary>
    Pixels,

    /// <summary>At random.</summary>
    Chance,
}

/// <summary>A simulated person who likes pictures: some the best of each page, others all that are good enough.</summary>
internal sealed class LikingPerson(SimulatedPerson voter, double[] weights, bool isPicky, Random random)
{
    public SimulatedPerson Voter => voter;

    /// <summary>Their taste: a weight for each axis, or for each measure.</summary>
    public IReadOnlyList<double> Weights => weights;

    public double Utility(Picture picture) => voter.Utility(picture);

    /// <summary>Those of a page that they like.</summary>
    /// <param name="threshold">The utility from which on a picture is good enough.</param>
    public IReadOnlyList<Picture> Likes(IReadOnlyList<Picture> page, double threshold)
    {
        if (random.NextDouble() < SimulatedPerson.Slips)
        {
            return [page[random.Next(page.Count)]];
        }

        // With Gumbel noise the best of several follows the same logistic choice as a vote.
        return isPicky
            ? [page.MaxBy(picture => voter.Felt(picture) - Math.Log(-Math.Log(1 - random.NextDouble())))!]
            : [.. page.Where(picture => random.NextDouble() < 1 / (1 + Math.Exp(threshold - voter.Felt(picture))))];
    }
}

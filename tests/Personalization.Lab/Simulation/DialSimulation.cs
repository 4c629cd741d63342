using Personalization.Codes;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Prompts;
using Personalization.Styles;
using Personalization.Taste;

namespace Personalization.Lab.Simulation;

/// <summary>
/// What people with a decided taste see of <c>--s</c>. Each judges painted pictures by a few measures of their pixels, which the
/// model is not told of, ranks as the bot shows pairs, and then sees the same seeds with and without <c>--p</c>.
/// </summary>
public static class DialSimulation
{
    /// <summary>The strengths that are painted; 0 is the plain picture.</summary>
    public static readonly IReadOnlyList<int> Strengths = [0, 100, 250, 500, 1000];

    // The log odds of one standard deviation of the pool along the whole taste: such people answer 9 in 10 random pairs alike.
    private const double Decided = 4;

    private const int Votes = 200;

    /// <summary>Pictures of each prompt that people judge unless told otherwise: the taste itself, and one scattered around it.</summary>
    public const int Judged = 2;

    // Painting every picture to standardise the measures would take most of the time.
    private const int StandardEvery = 4;

    // Those that an article about model personalization showed.
    private static readonly string[] ArticlePrompts =
    [
        "A mesmerizing scene of a forest meeting with wavy sea",
        "A logo design on white background for an AI firm called \"TryingAI\"",
        "A husky dog running in a desert path",
    ];

    private static readonly string[] JudgedPrompts = [.. ArticlePrompts, "A city street", "Mountains above a lake"];

    private static readonly (string Name, (string Measure, int Sign)[] Likes)[] Kinds =
    [
        ("dark", [("lightness", -1)]),
        ("bright", [("lightness", 1)]),
        ("muted", [("chroma", -1)]),
        ("colourful", [("colourfulness", 1)]),
        ("warm", [("yellow-blue", 1)]),
        ("cool", [("yellow-blue", -1)]),
        ("contrasty", [("lightness-spread", 1)]),
        ("even tones", [("lightness-spread", -1)]),
        ("busy", [("edge-density", 1)]),
        ("calm", [("edge-density", -1)]),
        ("dark, muted, cool", [("lightness", -1), ("chroma", -1), ("yellow-blue", -1)]),
        ("bright, colourful, busy", [("lightness", 1), ("colourfulness", 1), ("edge-density", 1)]),
        ("dark, contrasty, busy", [("lightness", -1), ("lightness-spread", 1), ("edge-density", 1)]),
        ("bright, muted, calm", [("lightness", 1), ("chroma", -1), ("edge-density", -1)]),
    ];

    /// <summary>Simulates one person of each kind.</summary>
    /// <param name="seed">The same number gives the same votes and pictures.</param>
    /// <param name="judged">Pictures of each prompt that people judge, 1 to 4; most of the time goes into painting them.</param>
    public static IReadOnlyList<DialRow> Run(LabPool lab, int seed, int judged, CancellationToken cancellationToken)
    {
        var pool = new PicturePool(CommunityLearner.Initial(lab.Vocabulary), lab.Pool());
        var augmenter = new PromptAugmenter(lab.Vocabulary);
        var standards = Kinds.SelectMany(kind => kind.Likes.Select(like => like.Measure)).Distinct().AsParallel().WithCancellation(cancellationToken).ToDictionary(
            measure => measure,
            measure =>
            {
                var values = pool.Pictures.Where((_, i) => i % StandardEvery == 0).Select(member => lab.Measure(member.Picture, measure)).ToArray();
                var mean = values.Average();
                return (Mean: mean, Deviation: Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
            });
        (SimulatedPerson Person, Blend Taste)[] people =
        [
            .. Kinds.Index().AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(kind =>
            {
                var random = new Random(unchecked((seed * 1_000_003) + kind.Index));
                var likes = kind.Item.Likes;
                var person = new SimulatedPerson(
                    picture => Decided / Math.Sqrt(likes.Length) * likes.Sum(like => like.Sign * (lab.Measure(picture, like.Measure) - standards[like.Measure].Mean) / standards[like.Measure].Deviation),
                    followsTaste: true,
                    random);
                var taste = Voting.BlendOf(Voting.Tastes(pool, person, [Votes], isRandom: null, random, cancellationToken).Last(), lab.Vocabulary);
                return (person, taste);
            }),
        ];
        return
        [
            .. new[] { false, true }.SelectMany(inWords =>
            {
                Picture[][][] grids = [.. people.Select(one => ArticlePrompts.Select(prompt => Grid(lab, augmenter, prompt, one.Taste, inWords, (uint)seed)).ToArray())];
                return people.Index().AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(one =>
                    Judge(lab, augmenter, Kinds[one.Index].Name, one.Item.Person, one.Item.Taste, inWords, (uint)seed, judged, cancellationToken) with
                    {
                        FindsOwn = FindsOwn(one.Item.Person, grids, one.Index),
                    });
            }),
        ];
    }

    /// <summary>The probability that a person takes the grid of their own code for theirs, beside that of each other person with the same seeds.</summary>
    private static double FindsOwn(SimulatedPerson person, Picture[][][] grids, int own)
    {
        double Liked(Picture[] grid) => grid.Average(person.Utility);
        return grids.Where((_, other) => other != own)
            .SelectMany(other => other.Zip(grids[own], (theirs, mine) => SimulatedPerson.Prefers(Liked(mine), Liked(theirs))))
            .Average();
    }

    private static Picture[] Grid(LabPool lab, PromptAugmenter augmenter, string prompt, Blend taste, bool inWords, uint seed)
    {
        var request = new ImageRequest { Text = prompt, Seed = 100 * seed, Count = ImageRequest.GridSize, Width = 96, Height = 96 };
        var personal = augmenter.Augment(request, taste, new Prompt { Text = prompt, Stylize = At(100) });
        return [.. Enumerable.Range(0, request.Count).Select(index => Painted(request, inWords ? StyleOf(lab, personal.Additions) : personal.Styles[index], index))];
    }

    private static Picture Painted(ImageRequest request, StyleVector style, int index) => new()
    {
        Kind = PictureKind.Made,
        Prompt = request.Text,
        Style = style,
        Seed = request.SeedOf(index),
        Width = request.Width,
        Height = request.Height,
    };

    private static DialRow Judge(LabPool lab, PromptAugmenter augmenter, string kind, SimulatedPerson person, Blend taste, bool inWords, uint seed, int judged, CancellationToken cancellationToken)
    {
        var (tells, prefers, shifts, wider, widest) = (new List<double>(), new List<double>(), Strengths.Select(_ => new List<double>()).ToArray(), new List<double>(), new List<double>());
        foreach (var prompt in JudgedPrompts)
        {
            var plain = new ImageRequest { Text = prompt, Seed = 100 * seed, Count = judged, Width = 96, Height = 96 };
            var requests = Strengths.Select(strength => augmenter.Augment(plain, taste, new Prompt { Text = prompt, Stylize = At(strength) })).ToArray();
            for (var index = 0; index < plain.Count; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Picture[] pictures =
                [
                    .. requests.Select(request => Painted(plain, request.Styles.Count == 0 ? augmenter.NeutralStyle : inWords ? StyleOf(lab, request.Additions) : request.Styles[index], index)),
                ];
                tells.Add(Observer.Tells(lab, pictures[0], pictures[1]));
                prefers.Add(person.Prefers(pictures[1], pictures[0]));
                wider.Add(Observer.Tells(lab, pictures[1], pictures[2]));
                widest.Add(Observer.Tells(lab, pictures[3], pictures[4]));
                for (var strength = 0; strength < shifts.Length; strength++)
                {
                    shifts[strength].Add(Shift(lab, pictures[0], pictures[strength]));
                }
            }
        }

        return new(kind, inWords, tells.Average(), prefers.Average(), wider.Average(), widest.Average(), [.. shifts.Select(shift => shift.Average())]);
    }

    /// <summary>The CIELAB difference of the mean colours, with mean chroma as the measure of saturation.</summary>
    private static double Shift(LabPool lab, Picture one, Picture other) => Math.Sqrt(
        new[] { "lightness", "red-green", "yellow-blue", "chroma" }.Sum(measure => Math.Pow(lab.Measure(other, measure) - lab.Measure(one, measure), 2)));

    // As the Painter reads the words of a request without a style vector.
    private static StyleVector StyleOf(LabPool lab, IReadOnlyList<WeightedPhrase> words) => new(
    [
        .. Enumerable.Range(0, lab.Vocabulary.Dimension).Select(axis => (float)Math.Clamp(
            words.Sum(word => word.Weight * lab.Vocabulary.Descriptors.First(descriptor => descriptor.Phrase == word.Phrase).Direction[axis]), -1, 1)),
    ]);

    private static Stylize At(int strength) => Stylize.TryCreate(strength, out var stylize) ? stylize : throw new ArgumentOutOfRangeException(nameof(strength));
}

/// <summary>What one kind of people sees of <c>--s</c>; probabilities are means over pictures.</summary>
/// <param name="Kind">What they like.</param>
/// <param name="InWords">Whether the taste reached the Painter as weighted words, as it does servers that take no style vector.</param>
/// <param name="Tells">That they tell <c>--p</c> at 100 from plain.</param>
/// <param name="Prefers">That they prefer it.</param>
/// <param name="TellsFrom100">That they tell 250 from 100.</param>
/// <param name="TellsFrom500">That they tell 1000 from 500.</param>
/// <param name="Shifts">The shift from plain at each of <see cref="DialSimulation.Strengths"/>, in CIELAB units.</param>
public sealed record DialRow(string Kind, bool InWords, double Tells, double Prefers, double TellsFrom100, double TellsFrom500, IReadOnlyList<double> Shifts)
{
    /// <summary>That they pick, of two grids of an article's prompts with the same seeds, that of their own code at 100, and not that of another of these people.</summary>
    public double FindsOwn { get; init; }

    /// <summary>The means over several kinds.</summary>
    public static DialRow Mean(string kind, IEnumerable<DialRow> kinds)
    {
        DialRow[] rows = [.. kinds];
        return new(
            kind,
            rows[0].InWords,
            rows.Average(row => row.Tells),
            rows.Average(row => row.Prefers),
            rows.Average(row => row.TellsFrom100),
            rows.Average(row => row.TellsFrom500),
            [.. rows[0].Shifts.Select((_, strength) => rows.Average(row => row.Shifts[strength]))])
        {
            FindsOwn = rows.Average(row => row.FindsOwn),
        };
    }
}

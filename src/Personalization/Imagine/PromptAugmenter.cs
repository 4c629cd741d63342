using Personalization.Codes;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Prompts;
using Personalization.Styles;
using Personalization.Taste.Model;

namespace Personalization.Imagine;

/// <summary>
/// Adds a taste to a request: style words, what to avoid, and a style vector for each picture. The prompt wins: an axis that it
/// mentions is left as it is, and no added word contradicts it. Equal input gives an equal request.
/// </summary>
public sealed class PromptAugmenter(StyleVocabulary vocabulary)
{
    private const int MaxAdditions = 5;

    // A style of many words is a blur: an image model follows the first few.
    private const int MaxWordsOfStyle = 4;

    // Three ways to speak of colour would leave no room for anything else.
    private const int MaxPerCategory = 2;

    // Text encoders read some 75 tokens, and the prompt comes first: all additions together have this many characters.
    private const int MaxCharacters = 160;

    // A style is excluded only above this probability that it is disliked; below, it is only not requested.
    private const double MinDislikeProbability = 0.9;

    // A phrase whose side effect on an axis is at most this does not contradict a prompt that mentions the axis.
    private const float FaintMove = 0.2f;

    private const double MinWeight = 0.05;

    // Pictures after the first scatter around the taste with half of its posterior variance, by at most this share of the
    // taste's own length: they differ less from each other than from the plain pictures.
    private const double Scatter = 0.5;
    private const double MaxScatter = 0.35;

    // A pull below this is hardly visible at --s 100 and seldom significant: it gets no words at any strength. On an axis with
    // a larger pull, a scattered picture keeps this share of it.
    private const double ClearPull = 0.2;
    private const double MinShare = 0.6;
    private const double MaxShare = 1.25;

    // How closely references are followed at full reach and a certain taste, of 1.
    private const double MaxReferenceWeight = 0.85;

    // Servers take no more, and the gain of each further picture falls.
    private const int MaxReferences = 4;

    // Half of the pictures that people rank are this near the middle of an axis.
    private const float NearMiddle = 0.45f;

    // The prior's expectation of the length of a taste on ten axes.
    private const double ExpectedLength = 3;

    private readonly string[] _axes = [.. vocabulary.Axes.Select(axis => axis.Id)];

    // Every request asks for every word of the vocabulary, so they are split once.
    private readonly string[][][] _axisWords = [.. vocabulary.Axes.Select(axis => axis.Words.Select(StyleWordMatcher.Words).ToArray())];
    private readonly DescriptorWords[] _descriptors =
    [
        .. vocabulary.Descriptors.Select(descriptor => new DescriptorWords(
            descriptor,
            StyleWordMatcher.Words(descriptor.Phrase),
            [.. descriptor.Clashes.Select(StyleWordMatcher.Words)],
            new StyleWordMatcher(descriptor.Phrase))),
    ];

    /// <summary>The backend's own look: zero on every axis.</summary>
    public StyleVector NeutralStyle { get; } = new(new float[vocabulary.Dimension]);

    /// <summary>The request with the taste in it; at <c>--s 0</c>, the plain request itself.</summary>
    /// <param name="plain">The request as it is without a taste; its <see cref="ImageRequest.Avoid"/> is what the person excluded.</param>
    /// <param name="prompt">Its parameters say how the taste applies.</param>
    /// <param name="favourites">The pictures of <see cref="Blend.Favourites"/> that exist, best first; null where no backend takes pictures.</param>
    public ImageRequest Augment(ImageRequest plain, Blend taste, Prompt prompt, IReadOnlyList<Picture>? favourites = null)
    {
        if (prompt.Stylize.Value == 0)
        {
            return plain;
        }

        var (dial, reach) = (StyleDial.From(taste), StyleDial.Reach(prompt.Stylize));
        var text = new StyleWordMatcher(plain.Text);
        var exclusions = new StyleWordMatcher(plain.Avoid);
        var isFree = FreeAxes(text, exclusions);
        var chosen = Choose(Candidates(plain, text, exclusions, taste, dial, isFree), Math.Max(1, (int)(reach * MaxAdditions)));
        var referenceWeight = ReferenceWeight(taste, reach, isFree);
        PictureId[] references = referenceWeight > 0 ? References(favourites ?? [], isFree) : [];
        return plain with
        {
            Additions = Weighted(chosen, reach),
            Dislikes = [.. chosen.Where(word => IsSurelyDisliked(word, text, exclusions)).Select(word => word.Descriptor.Opposite)],
            Styles = Styles(plain, taste, dial, reach, isFree),
            References = references,
            ReferenceWeight = references.Length > 0 ? referenceWeight : 0,
            Preference = Preference(taste, reach, isFree),
        };
    }

    /// <summary>
    /// The pictures to follow in style. A picture affects all axes at once, so only those are used that are near the middle on
    /// every axis that the prompt mentions.
    /// </summary>
    private static PictureId[] References(IReadOnlyList<Picture> favourites, bool[] isFree) =>
    [
        .. favourites
            .Where(picture => picture.Style is { } style
                ? Enumerable.Range(0, isFree.Length).All(axis => isFree[axis] || axis >= style.Dimension || Math.Abs(style[axis]) <= NearMiddle)
                : Array.TrueForAll(isFree, free => free))
            .Take(MaxReferences)
            .Select(picture => picture.Id),
    ];

    /// <summary>
    /// How closely to follow references: 0.34 at <c>--s 100</c> and 0.85 at 1000, less where the taste is weak and where the
    /// prompt mentions its axes. In hundredths.
    /// </summary>
    private static double ReferenceWeight(Blend taste, double reach, bool[] isFree)
    {
        var (square, free) = (0.0, 0.0);
        for (var axis = 0; axis < taste.Dimension; axis++)
        {
            var own = Square(taste.WeightOf(axis));
            square += own;
            free += axis < isFree.Length && isFree[axis] ? own : 0;
        }

        var certainty = Math.Sqrt(free / (Square(ExpectedLength) + square));
        return Math.Round(MaxReferenceWeight * reach * certainty, 2);
    }

    /// <summary>The weights on the free axes, as they are at <c>--s 100</c> and in proportion to the reach, to a thousandth.</summary>
    private static float[] Preference(Blend taste, double reach, bool[] isFree) =>
    [
        .. Enumerable.Range(0, isFree.Length).Select(axis =>
            isFree[axis] && axis < taste.Dimension ? (float)Math.Round(reach / StyleDial.DefaultReach * taste.WeightOf(axis), 3) : 0),
    ];

    /// <summary>
    /// A style in a few words, for backends that take no style vector: words that lead towards it, at most one for each axis.
    /// The prompt wins here, too.
    /// </summary>
    /// <returns>The request with the words, and the style that they express.</returns>
    public (ImageRequest Request, StyleVector Style) InWords(ImageRequest plain, StyleVector style)
    {
        var prompt = new StyleWordMatcher(plain.Text);
        var exclusions = new StyleWordMatcher(plain.Avoid);
        var isFree = FreeAxes(prompt, exclusions);
        var fitting = _descriptors
            .Where(words => Array.IndexOf(_axes, words.Descriptor.Axis) is var axis and >= 0
                && words.Descriptor.Direction[axis] * style[axis] > 0
                && MayAdd(words, plain, prompt, exclusions, isFree))
            .Select(words => words.Descriptor)
            .Select(descriptor => new ScoredDescriptor(descriptor, _axes.Select((_, axis) => (double)descriptor.Direction[axis] * style[axis]).Sum(), 0))
            .Where(word => word.Score > 0)
            .OrderByDescending(word => word.Score)
            .ThenBy(word => word.Descriptor.Phrase, StringComparer.Ordinal);
        var chosen = Choose([.. fitting], MaxWordsOfStyle);
        return (
            plain with { Additions = [.. chosen.Select(word => new WeightedPhrase(word.Descriptor.Phrase, 1))] },
            new([.. Enumerable.Range(0, _axes.Length).Select(axis => Math.Clamp(chosen.Sum(word => word.Descriptor.Direction[axis]), -1, 1))]));
    }

    /// <summary>Which axes neither the prompt nor its exclusions mention.</summary>
    private bool[] FreeAxes(StyleWordMatcher prompt, StyleWordMatcher exclusions) =>
        [.. _axisWords.Select(axis => !Array.Exists(axis, word => prompt.Mentions(word) || exclusions.Mentions(word)))];

    /// <summary>The descriptors that may be added and whose score exceeds its standard deviation, best first.</summary>
    private List<ScoredDescriptor> Candidates(ImageRequest plain, StyleWordMatcher prompt, StyleWordMatcher exclusions, Blend taste, StyleDial dial, bool[] isFree)
    {
        var candidates = new List<ScoredDescriptor>();
        foreach (var words in _descriptors.Where(words => IsWanted(words.Descriptor, taste, dial) && MayAdd(words, plain, prompt, exclusions, isFree)))
        {
            var descriptor = words.Descriptor;
            var (score, deviation) = Score(descriptor.Direction, taste, isFree);
            if (score > deviation)
            {
                candidates.Add(new(descriptor, score, deviation));
            }
        }

        // Equal scores are ordered by phrase, so that the order in the file does not matter.
        return [.. candidates.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Descriptor.Phrase, StringComparer.Ordinal)];
    }

    /// <summary>Whether the taste is for the descriptor's own axis, and not only for its side effects.</summary>
    private bool IsWanted(StyleDescriptor descriptor, Blend taste, StyleDial dial)
    {
        var axis = Array.IndexOf(_axes, descriptor.Axis);
        if (axis < 0 || axis >= taste.Dimension)
        {
            return false;
        }

        var liking = Math.Sign(descriptor.Direction[axis]) * taste.WeightOf(axis);
        return liking > Math.Sqrt(taste.Variance[axis]) && Math.Abs(dial.Pulls[axis]) >= ClearPull;
    }

    private static bool MayAdd(DescriptorWords words, ImageRequest plain, StyleWordMatcher prompt, StyleWordMatcher exclusions, bool[] isFree) =>
        MovesOnly(isFree, words.Descriptor.Direction)
        && !Array.Exists(words.Clashes, prompt.Mentions)
        && !prompt.Mentions(words.Phrase)
        && !exclusions.Mentions(words.Phrase)
        && !plain.Avoid.Any(words.Text.MentionsAnyFormOf);

    private static bool MovesOnly(bool[] isFree, StyleVector direction)
    {
        for (var axis = 0; axis < isFree.Length; axis++)
        {
            if (!isFree[axis] && Math.Abs(direction[axis]) > FaintMove)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The score of moving along a direction on the free axes, w . phi, and its standard deviation.</summary>
    private static (double Score, double Deviation) Score(StyleVector direction, Blend taste, bool[] isFree)
    {
        var scale = TasteModel.FeatureScale(direction.Dimension);
        var score = 0.0;
        var variance = 0.0;
        for (var axis = 0; axis < Math.Min(direction.Dimension, taste.Dimension); axis++)
        {
            if (!isFree[axis])
            {
                continue;
            }

            score += scale * direction[axis] * taste.WeightOf(axis);
            variance += Square(scale * direction[axis]) * taste.Variance[axis];
        }

        return (score, Math.Sqrt(variance));
    }

    /// <summary>The best candidates, at most one for each axis and few for each category. Similarity to a chosen one lowers a candidate's score.</summary>
    private static List<ScoredDescriptor> Choose(List<ScoredDescriptor> candidates, int max)
    {
        var chosen = new List<ScoredDescriptor>();
        var characters = 0;
        while (chosen.Count < max)
        {
            var next = candidates
                .Where(candidate => chosen.TrueForAll(other => other.Descriptor.Axis != candidate.Descriptor.Axis)
                    && chosen.Count(other => other.Descriptor.Category == candidate.Descriptor.Category) < MaxPerCategory
                    && characters + candidate.Descriptor.Phrase.Length <= MaxCharacters)
                .MaxBy(candidate => candidate.Score * (1 - Likeness(candidate, chosen)));
            if (next is null)
            {
                break;
            }

            chosen.Add(next);
            characters += next.Descriptor.Phrase.Length;
        }

        return chosen;
    }

    /// <summary>0 to 1: the highest cosine with a chosen descriptor.</summary>
    private static double Likeness(ScoredDescriptor candidate, List<ScoredDescriptor> chosen) =>
        chosen.Select(other => Math.Max(0, Cosine(candidate.Descriptor.Direction, other.Descriptor.Direction))).DefaultIfEmpty(0).Max();

    /// <summary>
    /// The words with weights in proportion to the reach, somewhat less for one with a smaller share of the highest score.
    /// Together they lead along no axis further than one alone would: otherwise their side effects add up, an axis comes to its
    /// end early, and a larger <c>--s</c> changes nothing more.
    /// </summary>
    private static WeightedPhrase[] Weighted(List<ScoredDescriptor> chosen, double reach)
    {
        double Share(ScoredDescriptor word) => 0.7 + (0.3 * word.Score / chosen[0].Score);
        var dimension = chosen.Count > 0 ? chosen[0].Descriptor.Direction.Dimension : 0;
        var furthest = Enumerable.Range(0, dimension).Select(axis => Math.Abs(chosen.Sum(word => Share(word) * word.Descriptor.Direction[axis]))).Append(1).Max();
        return [.. chosen.Select(word => new WeightedPhrase(word.Descriptor.Phrase, Math.Max(MinWeight, Math.Round(reach * Share(word) / furthest, 2))))];
    }

    private static bool IsSurelyDisliked(ScoredDescriptor word, StyleWordMatcher prompt, StyleWordMatcher exclusions)
    {
        var opposite = word.Descriptor.Opposite;

        // P(the opposite is disliked) = Phi(score / deviation), with Phi nearly the logistic function of sqrt(8/pi) times it.
        var disliked = 1 / (1 + Math.Exp(-Math.Sqrt(8 / Math.PI) * word.Score / word.Deviation));
        return opposite.Length > 0 && disliked > MinDislikeProbability && !prompt.SharesWordWith(opposite) && !exclusions.Mentions(opposite);
    }

    /// <summary>
    /// One style for each picture: the first along the mean of the taste, the others scattered around it. A picture's draw
    /// depends on the seed and the taste alone, so that turning <c>--s</c> up makes the same picture stronger.
    /// </summary>
    private static StyleVector[] Styles(ImageRequest plain, Blend taste, StyleDial dial, double reach, bool[] isFree)
    {
        var random = new StableRandom(taste.Seed(plain.Seed));
        int[] free = [.. Enumerable.Range(0, Math.Min(isFree.Length, taste.Dimension)).Where(axis => isFree[axis])];
        double[] deviations = [.. Enumerable.Range(0, taste.Dimension).Select(axis => Math.Sqrt(Scatter * taste.Variance[axis]) * dial.Scale)];
        var (length, spread) = (Length(free, dial.Pulls), Length(free, deviations));
        var share = spread > 0 ? Math.Min(1, MaxScatter * length / spread) : 0;
        var styles = new StyleVector[plain.Count];
        for (var picture = 0; picture < styles.Length; picture++)
        {
            var coordinates = new float[isFree.Length];
            for (var axis = 0; axis < Math.Min(coordinates.Length, taste.Dimension); axis++)
            {
                var scatter = picture == 0 ? 0 : share * deviations[axis] * random.NextNormal();
                coordinates[axis] = isFree[axis] ? Coordinate(reach * Scattered(dial.Pulls[axis], scatter)) : 0;
            }

            styles[picture] = new(coordinates);
        }

        return styles;
    }

    private static double Scattered(double pull, double scatter) => Math.Abs(pull) < ClearPull
        ? pull + scatter
        : pull * Math.Clamp(1 + (scatter / pull), MinShare, MaxShare);

    private static double Length(int[] axes, ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var axis in axes)
        {
            sum += Square(values[axis]);
        }

        return Math.Sqrt(sum);
    }

    /// <summary>A style coordinate, to a thousandth: the last bits of roots and powers differ between platforms, and requests must not.</summary>
    private static float Coordinate(double value) => (float)Math.Round(Math.Clamp(value, -1, 1), 3);

    private static double Cosine(StyleVector left, StyleVector right)
    {
        var (dot, leftSquare, rightSquare) = (0.0, 0.0, 0.0);
        for (var axis = 0; axis < left.Dimension; axis++)
        {
            dot += left[axis] * right[axis];
            leftSquare += left[axis] * left[axis];
            rightSquare += right[axis] * right[axis];
        }

        return leftSquare * rightSquare > 0 ? dot / Math.Sqrt(leftSquare * rightSquare) : 0;
    }

    private static double Square(double value) => value * value;

    private sealed record DescriptorWords(StyleDescriptor Descriptor, string[] Phrase, string[][] Clashes, StyleWordMatcher Text);

    private sealed record ScoredDescriptor(StyleDescriptor Descriptor, double Score, double Deviation);
}

using Personalization.Lab.Evaluation.Input;
using Personalization.Taste.Model;

namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>Which votes are learnt from and which are held out, drawn at random from a seed.</summary>
/// <param name="People">In the order of the file.</param>
/// <param name="HeldOutPictures">Which pictures are only in held-out votes; none unless pictures are held out as well.</param>
/// <param name="LeftOut">
/// Rows that are in neither part: pairs that a held-out vote of the same person is about, and, where pictures are held out,
/// pairs of a held-out picture with another, and skips of one.
/// </param>
/// <param name="TestToTraining">How many pictures are held out for each one that is not; votes, where votes are held out.</param>
internal sealed record Split(IReadOnlyList<Split.Person> People, IReadOnlySet<int> HeldOutPictures, int LeftOut, double TestToTraining)
{
    /// <summary>
    /// From ratings, at most so many held-out votes of a person: their pairs are as many as the square of the held-out pictures,
    /// and more of them hardly make the mean over people surer.
    /// </summary>
    public const int MaxTestPairs = 1000;

    // Where comparisons connect no more than this share of the pictures, as when each prompt's are compared among
    // themselves, whole groups are held out.
    private const double SmallGroup = 0.1;

    /// <summary>One person's parts.</summary>
    /// <param name="Training">In order, skips among them.</param>
    /// <param name="Test">Votes for the left or the right, no skips.</param>
    internal sealed record Person(string Name, IReadOnlyList<Vote> Training, IReadOnlyList<Vote> Test)
    {
        /// <summary>How many votes can be learnt from, skips not counted.</summary>
        public int TrainingVotes { get; } = Training.Count(vote => !vote.IsSkip);

        /// <summary>Whether it is known of two training rows or more when they were: time has gone by between them.</summary>
        public bool IsTimed { get; } = Training.Any(vote => !vote.IsSkip) && Training.Count(vote => vote.At is not null) > 1;

        /// <summary>The training rows up to and with this many votes, with the skips before the last of them.</summary>
        public IReadOnlyList<Vote> First(int votes)
        {
            var left = votes;
            return [.. Training.TakeWhile(vote => left > 0 && (vote.IsSkip || left-- > 0))];
        }
    }

    /// <summary>Holds votes out, or pictures with all votes between two of them.</summary>
    /// <param name="test">How many of each person's votes, or how many of all pictures that were compared.</param>
    public static Split Draw(IReadOnlyList<Voter> voters, PictureTable pictures, HoldOut test, bool newPictures, int seed)
    {
        var random = new StableRandom((ulong)seed);
        var groups = newPictures ? Groups(voters, pictures.Features.Count) : [];
        var heldOut = newPictures ? DrawPictures(groups, test, random) : [];
        var people = new List<Person>();
        foreach (var voter in voters)
        {
            people.Add(newPictures ? ByPictures(voter, heldOut) : ByChance(voter, test, random));
        }

        var (training, tests) = (people.Sum(person => person.Training.Count), people.Sum(person => person.Test.Count));
        return new(
            people,
            heldOut,
            voters.Sum(voter => voter.Votes.Count) - training - tests,
            newPictures ? Ratio(heldOut.Count, groups.Sum(group => group.Length)) : Ratio(tests, training + tests));
    }

    /// <summary>
    /// Holds pictures out, and draws each person's votes from their ratings: pairs of different ratings, of which the better rated
    /// picture is chosen, each pair once. Equal ratings are no vote.
    /// </summary>
    /// <param name="test">How many of all rated pictures.</param>
    /// <param name="votes">The most training votes of a person.</param>
    public static Split Draw(IReadOnlyList<Rater> raters, HoldOut test, int votes, int seed)
    {
        var random = new StableRandom((ulong)seed);
        int[] pictures = [.. raters.SelectMany(rater => rater.Ratings).Select(rated => rated.Picture).Distinct().Order()];
        Shuffle(pictures, random);
        var heldOut = pictures[..test.CountOf(pictures.Length)].ToHashSet();

        // All training votes first: what is held out must not change what is drawn for anyone.
        Vote[][] training = [.. raters.Select(rater => rater.Votes(picture => !heldOut.Contains(picture), votes, random))];
        Person[] people = [.. raters.Select((rater, index) => new Person(rater.Name, training[index], rater.Votes(heldOut.Contains, MaxTestPairs, random)))];
        return new(people, heldOut, 0, Ratio(heldOut.Count, pictures.Length));
    }

    private static double Ratio(int heldOut, int all) => heldOut / Math.Max(1.0, all - heldOut);

    private static Person ByChance(Voter voter, HoldOut test, StableRandom random)
    {
        var votes = Enumerable.Range(0, voter.Votes.Count).Where(row => !voter.Votes[row].IsSkip).ToArray();
        Shuffle(votes, random);
        var chosen = votes[..test.CountOf(votes.Length)].ToHashSet();

        // An answer to the same pair in training would be remembered rather than predicted.
        var pairs = chosen.Select(row => voter.Votes[row].Pair).ToHashSet();
        return new(
            voter.Name,
            [.. voter.Votes.Where(vote => !pairs.Contains(vote.Pair))],
            [.. chosen.Order().Select(row => voter.Votes[row])]);
    }

    private static Person ByPictures(Voter voter, HashSet<int> heldOut) => new(
        voter.Name,
        [.. voter.Votes.Where(vote => !heldOut.Contains(vote.Left) && !heldOut.Contains(vote.Right))],
        [.. voter.Votes.Where(vote => !vote.IsSkip && heldOut.Contains(vote.Left) && heldOut.Contains(vote.Right))]);

    /// <summary>Pictures at random; whole groups of them where votes connect only small groups.</summary>
    private static HashSet<int> DrawPictures(int[][] groups, HoldOut test, StableRandom random)
    {
        var met = groups.Sum(group => group.Length);
        if (met == 0)
        {
            return [];
        }

        if (groups.Max(group => group.Length) > SmallGroup * met)
        {
            groups = [.. groups.SelectMany(group => group).Order().Select(picture => (int[])[picture])];
        }

        var order = Enumerable.Range(0, groups.Length).ToArray();
        Shuffle(order, random);
        var heldOut = new HashSet<int>();
        foreach (var group in order.TakeWhile(_ => heldOut.Count < test.CountOf(met)))
        {
            heldOut.UnionWith(groups[group]);
        }

        return heldOut;
    }

    /// <summary>The pictures that were compared, as groups that comparisons connect, each group in the order of its first picture.</summary>
    private static int[][] Groups(IReadOnlyList<Voter> voters, int pictures)
    {
        (int Left, int Right)[] pairs = [.. voters.SelectMany(voter => voter.Votes).Select(vote => (vote.Left, vote.Right))];

        // A component of one picture is a picture without a vote: the two pictures of a vote differ.
        return [.. ConnectedComponents.Find(pictures, pairs).Where(group => group.Length > 1)];
    }

    internal static void Shuffle(int[] items, StableRandom random)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}

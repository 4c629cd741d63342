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
internal sealed record Split(IReadOnlyList<Split.Person> People, IReadOnlySet<int> HeldOutPictures, int LeftOut)
{
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

    public static Split Draw(IReadOnlyList<Voter> voters, PictureTable pictures, HoldOut test, bool newPictures, int seed)
    {
        var random = new StableRandom((ulong)seed);
        var heldOut = newPictures ? DrawPictures(voters, pictures, test, random) : [];
        var people = new List<Person>();
        foreach (var voter in voters)
        {
            people.Add(newPictures ? ByPictures(voter, heldOut) : ByChance(voter, test, random));
        }

        var kept = people.Sum(person => person.Training.Count + person.Test.Count);
        return new(people, heldOut, voters.Sum(voter => voter.Votes.Count) - kept);
    }

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

    /// <summary>As many pictures as leave, on average, as many votes between two of them as are to be held out.</summary>
    private static HashSet<int> DrawPictures(IReadOnlyList<Voter> voters, PictureTable pictures, HoldOut test, StableRandom random)
    {
        var votes = voters.Sum(voter => voter.Votes.Count(vote => !vote.IsSkip));
        var share = Math.Min(1.0, voters.Sum(voter => test.CountOf(voter.Votes.Count(vote => !vote.IsSkip))) / Math.Max(1.0, votes));
        var groups = Groups(voters, pictures.Features.Count);
        var met = groups.Sum(group => group.Length);

        // Both pictures of a vote are in one group. Drawn singly, both are with the square of the share.
        if (groups.Max(group => group.Length) > SmallGroup * met)
        {
            groups = [.. groups.SelectMany(group => group).Order().Select(picture => (int[])[picture])];
            share = Math.Sqrt(share);
        }

        var order = Enumerable.Range(0, groups.Length).ToArray();
        Shuffle(order, random);
        var heldOut = new HashSet<int>();
        foreach (var group in order.TakeWhile(_ => heldOut.Count < share * met))
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

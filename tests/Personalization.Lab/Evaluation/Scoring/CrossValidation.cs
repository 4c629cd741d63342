using Personalization.Lab.Evaluation.Baselines;
using Personalization.Lab.Evaluation.Input;
using Personalization.Taste.Model;

namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>
/// Predicts the held-out votes of each person by each method. People are assigned to folds. Parameters that people share (the
/// community prior, Bradley-Terry strengths) are learnt from all training votes of the other folds, or of a community of so many
/// people drawn from them; personal parameters from the first votes of the person. A person is thus judged as a newcomer to a community that does not contain their own votes,
/// and held-out votes are never learnt from.
/// </summary>
internal sealed class CrossValidation
{
    private const int Passes = 15;

    private readonly IReadOnlyList<Split.Person> _people;
    private readonly VoteFeatures _evidence;
    private readonly TagCounts _tags;
    private readonly int[] _foldOf;
    private readonly Fold[] _folds;
    private readonly ParallelOptions _parallel;

    // Of each person who was judged: they do not depend on the person's own votes.
    private readonly double[]?[] _priorLogOdds;
    private readonly double[]?[] _strengthLogOdds;

    private CrossValidation(PictureTable pictures, Split split, int[] foldOf, Fold[] folds, ParallelOptions parallel)
    {
        _people = split.People;
        _evidence = new(pictures.Features);
        _tags = new(pictures.Features);
        _foldOf = foldOf;
        _folds = folds;
        _parallel = parallel;
        _priorLogOdds = new double[]?[_people.Count];
        _strengthLogOdds = new double[]?[_people.Count];
    }

    /// <summary>The latent factors found in each fold's community.</summary>
    public IReadOnlyList<int> Factors => [.. _folds.Select(fold => fold.Factors)];

    /// <summary>The community of each fold's people.</summary>
    public IEnumerable<CommunityPrior> Communities => _folds.Select(fold => fold.Model.Community);

    /// <summary>The people whom each fold's community was learnt from.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Members => [.. _folds.Select(fold => fold.Members)];

    /// <summary>The number of folds for a number of people: more for small communities, where leaving people out costs more.</summary>
    public static int FoldsFor(int people) => people < 100 ? Math.Min(people, 10) : 5;

    /// <summary>The most people of whom every fold's community can consist: those of the other folds who have training votes.</summary>
    public static int MaxCommunity(Split split, int seed) => AssignFolds(split, seed).Others.Min(others => others.Length);

    /// <summary>Assigns people to folds and learns the shared parameters of each fold.</summary>
    /// <param name="community">How many people the community of each fold is learnt from, at most <see cref="MaxCommunity"/>; null for all of the other folds.</param>
    public static CrossValidation Prepare(PictureTable pictures, Split split, int seed, int? community, Action<string> say, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        var (foldOf, others) = AssignFolds(split, seed);
        var folds = new Fold[others.Length];
        for (var fold = 0; fold < folds.Length; fold++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            say($"Learning the community, part {fold + 1} of {folds.Length}");
            folds[fold] = Learn(pictures, split, [.. others[fold].Take(community ?? int.MaxValue).Order()], parallel);
        }

        return new(pictures, split, foldOf, folds, parallel);
    }

    /// <summary>The people who can be judged after a number of votes: those who have as many, and any held out.</summary>
    public int[] JudgedAfter(int votes) =>
        [.. Enumerable.Range(0, _people.Count).Where(person => _people[person].TrainingVotes >= votes && _people[person].Test.Count > 0)];

    /// <summary>Learns a number of votes, 0 for none, of each person who has as many, and predicts their held-out votes.</summary>
    public MethodScores After(int votes)
    {
        var judged = JudgedAfter(votes);
        var first = new IReadOnlyList<Vote>[_people.Count];
        foreach (var person in Enumerable.Range(0, _people.Count).Where(person => _people[person].TrainingVotes >= votes))
        {
            first[person] = _people[person].First(votes);
        }

        var logistic = PersonalLogistic.Choose(_evidence, [.. judged.Select(person => first[person])], _parallel.CancellationToken);
        var slopes = Enumerable.Range(0, _folds.Length).Select(fold => TagSlope(fold, first)).ToArray();
        var logOdds = Enum.GetValues<Method>().Select(_ => new double[judged.Length][]).ToArray();
        Parallel.For(0, judged.Length, _parallel, i =>
        {
            var person = judged[i];
            var test = _people[person].Test;
            var fold = _folds[_foldOf[person]];
            _priorLogOdds[person] ??= [.. test.Select(vote => fold.LogOdds(fold.Model.Prior, vote))];
            _strengthLogOdds[person] ??= [.. test.Select(vote => fold.Strengths.LogOdds(vote))];
            var taste = fold.Model.Rebuild(fold.VoteFeatures.ComparisonsOf(first[person]));
            var weights = logistic.Learn(first[person]);
            var tags = _tags.Learn(first[person]);
            logOdds[(int)Method.Model][i] = [.. test.Select(vote => fold.LogOdds(taste, vote))];
            logOdds[(int)Method.CommunityMean][i] = _priorLogOdds[person]!;
            logOdds[(int)Method.PersonalLogistic][i] = [.. test.Select(vote => logistic.LogOdds(weights, vote))];
            logOdds[(int)Method.BradleyTerry][i] = _strengthLogOdds[person]!;
            logOdds[(int)Method.TagCounting][i] = [.. test.Select(vote => slopes[_foldOf[person]] * _tags.Liking(tags, vote))];
        });
        return new(votes, judged, [.. judged.Select(person => _people[person].Test)], logOdds, logistic.Ridge);
    }

    /// <summary>
    /// For each person whose votes have times, the mean log loss of their training votes, each predicted from those before it, by
    /// a taste that may change and by one that stays, and whether it has changed after all of them. Skips are learnt but not
    /// scored.
    /// </summary>
    public (double Following, double Constant, bool HasChanged)[] Prequential()
    {
        var timed = Enumerable.Range(0, _people.Count).Where(person => _people[person].IsTimed).ToArray();
        var people = new (double, double, bool)[timed.Length];
        Parallel.For(0, timed.Length, _parallel, i =>
        {
            var fold = _folds[_foldOf[timed[i]]];
            var votes = _people[timed[i]].Training;
            var (following, taste) = Prequential(fold, votes, fold.Model.Rebuild);
            people[i] = (following, Prequential(fold, votes, fold.Model.RebuildConstant).Loss, taste.Change is { Probability: > 0.5 });
        });
        return people;
    }

    /// <returns>The fold of each person; and for each fold the people of the others with training votes, in the order in which they join its community.</returns>
    private static (int[] FoldOf, int[][] Others) AssignFolds(Split split, int seed)
    {
        // A stream other than that of the hold-out, which has the same seed.
        var random = new StableRandom(~(ulong)seed);
        var (people, folds) = (split.People.Count, FoldsFor(split.People.Count));
        var foldOf = Enumerable.Range(0, people).Select(person => person % folds).ToArray();
        Split.Shuffle(foldOf, random);
        var others = new int[folds][];
        for (var fold = 0; fold < folds; fold++)
        {
            others[fold] = [.. Enumerable.Range(0, people).Where(person => foldOf[person] != fold && split.People[person].Training.Count > 0)];
            Split.Shuffle(others[fold], random);
        }

        return (foldOf, others);
    }

    private static Fold Learn(PictureTable pictures, Split split, int[] members, ParallelOptions parallel)
    {
        var evidence = new VoteFeatures(pictures.Features);
        var variances = new double[evidence.Dimension];
        Array.Fill(variances, FeatureSpace.BeyondStyleVariance);
        var believed = CommunityPrior.Initial(variances);
        var votes = members.Select(person => split.People[person].Training).ToArray();
        var (community, factors) = votes.Length == 0
            ? (believed, null)
            : CommunityFitter.FitWithFactors(believed, believed, [.. votes.Select(evidence.ComparisonsOf)], Passes, parallel.MaxDegreeOfParallelism, parallel.CancellationToken);
        return new(
            members,
            new(community),
            factors is null ? evidence : new VoteFeatures([.. pictures.Features.Select(factors.Extend)]),
            factors?.Count ?? 0,
            BradleyTerry.Fit(pictures.Features.Count, votes.SelectMany(person => person)));
    }

    private double TagSlope(int fold, IReadOnlyList<Vote>?[] first) =>
        _tags.Slope(_folds[fold].Members.Select(person => first[person]).OfType<IReadOnlyList<Vote>>());

    /// <summary>The mean loss, and the taste learnt from all votes. As in the bot, a taste is updated vote by vote and rebuilt now and then.</summary>
    private static (double Loss, TastePosterior Taste) Prequential(Fold fold, IReadOnlyList<Vote> votes, Func<IReadOnlyList<Comparison>, TastePosterior> rebuild)
    {
        const int RebuildEvery = 10;

        var comparisons = fold.VoteFeatures.ComparisonsOf(votes);
        var (taste, loss, count) = (fold.Model.Prior, 0.0, 0);
        for (var row = 0; row < votes.Count; row++)
        {
            if (!votes[row].IsSkip)
            {
                loss += Score.LogLoss(fold.LogOdds(taste, votes[row]), votes[row]);
                count++;
            }

            taste = (row + 1) % RebuildEvery == 0 ? rebuild(comparisons[..(row + 1)]) : fold.Model.Update(taste, comparisons[row]);
        }

        return (loss / count, rebuild(comparisons));
    }

    /// <summary>The shared parameters with which one fold's people are judged.</summary>
    /// <param name="Members">The people of the community.</param>
    /// <param name="VoteFeatures">Votes in the features of the fold's community, including its latent factors.</param>
    private sealed record Fold(int[] Members, TasteModel Model, VoteFeatures VoteFeatures, int Factors, BradleyTerry Strengths)
    {
        public double LogOdds(TastePosterior taste, in Vote vote)
        {
            // Bounds the log odds where probabilities round to 0 or 1.
            const double MaxProbability = 1 - 1e-12;

            var p = Math.Clamp(Model.Probability(taste, VoteFeatures.Left(vote), VoteFeatures.Right(vote)), 1 - MaxProbability, MaxProbability);
            return Math.Log(p / (1 - p));
        }
    }
}

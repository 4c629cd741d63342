using Personalization.Lab.Evaluation.Baselines;
using Personalization.Lab.Evaluation.Input;
using Personalization.Taste.Model;

namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>
/// Lets every method foresee everybody's held-out votes. People are dealt into folds. What is common to people - the
/// community, pictures' strengths - is learnt from all training votes of the other folds' people; what is personal, from
/// the first votes of the person themselves. So nobody's own votes are in the community they are judged with, and held-out
/// votes are in nothing: a person is judged as a newcomer to a community that all others are in already.
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

    private CrossValidation(PictureTable pictures, Split split, int[] foldOf, Fold[] folds, ParallelOptions parallel)
    {
        _people = split.People;
        _evidence = new(pictures.Features);
        _tags = new(pictures.Features);
        _foldOf = foldOf;
        _folds = folds;
        _parallel = parallel;
    }

    /// <summary>How many folds there are.</summary>
    public int FoldCount => _folds.Length;

    /// <summary>The latent factors found in each fold's community.</summary>
    public IReadOnlyList<int> Factors => [.. _folds.Select(fold => fold.Factors)];

    /// <summary>The community of each fold's people.</summary>
    public IEnumerable<CommunityPrior> Communities => _folds.Select(fold => fold.Model.Community);

    /// <summary>How many folds so many people are dealt into: more of them where leaving people out costs the community more.</summary>
    public static int FoldsFor(int people) => people < 100 ? Math.Min(people, 10) : 5;

    /// <summary>Learns what is common.</summary>
    public static CrossValidation Prepare(PictureTable pictures, Split split, int seed, Action<string> say, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        var folds = new Fold[FoldsFor(split.People.Count)];
        var foldOf = AssignFolds(split.People.Count, folds.Length, seed);
        for (var fold = 0; fold < folds.Length; fold++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            say($"Learning the community, part {fold + 1} of {folds.Length}");
            folds[fold] = Learn(pictures, [.. split.People.Where((person, index) => (foldOf[index] != fold) && person.Training.Count > 0)], parallel);
        }

        return new(pictures, split, foldOf, folds, parallel);
    }

    /// <summary>Who can be judged after so many votes: those who have them, and something held out.</summary>
    public int[] JudgedAfter(int votes) =>
        [.. Enumerable.Range(0, _people.Count).Where(person => _people[person].TrainingVotes >= votes && _people[person].Test.Count > 0)];

    /// <summary>Learns so many votes of everybody who has them, and foresees what they held out.</summary>
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
            var taste = fold.Model.Rebuild(fold.VoteFeatures.ComparisonsOf(first[person]));
            var weights = logistic.Learn(first[person]);
            var tags = _tags.Learn(first[person]);
            logOdds[(int)Method.Model][i] = [.. test.Select(vote => fold.LogOdds(taste, vote))];
            logOdds[(int)Method.CommunityMean][i] = [.. test.Select(vote => fold.LogOdds(fold.Model.Prior, vote))];
            logOdds[(int)Method.PersonalLogistic][i] = [.. test.Select(vote => logistic.LogOdds(weights, vote))];
            logOdds[(int)Method.BradleyTerry][i] = [.. test.Select(vote => fold.Strengths.LogOdds(vote))];
            logOdds[(int)Method.TagCounting][i] = [.. test.Select(vote => slopes[_foldOf[person]] * _tags.Liking(tags, vote))];
        });
        return new(votes, [.. judged.Select(person => _people[person].Test)], logOdds, logistic.Ridge);
    }

    /// <summary>
    /// For each rate of drift and each person whose votes have times, the mean log loss of their training votes, each
    /// foreseen from those before it; skips are learnt and not judged. With a rate, taste is followed vote by vote, as the
    /// program does then; without one, it is also learnt anew every few votes, so that drift is not credited with what
    /// following costs.
    /// </summary>
    public double[][] Prequential(IReadOnlyList<double> rates)
    {
        var timed = Enumerable.Range(0, _people.Count)
            .Where(person => _people[person].IsTimed)
            .ToArray();
        var losses = rates.Select(_ => new double[timed.Length]).ToArray();
        Parallel.For(0, timed.Length * rates.Count, _parallel, i =>
        {
            var (rate, person) = (i / timed.Length, timed[i % timed.Length]);
            losses[rate][i % timed.Length] = Prequential(_folds[_foldOf[person]], _people[person].Training, rates[rate]);
        });
        return losses;
    }

    private static int[] AssignFolds(int people, int folds, int seed)
    {
        // Another stream of the same seed than the one that held votes out.
        var random = new StableRandom(~(ulong)seed);
        var foldOf = Enumerable.Range(0, people).Select(person => person % folds).ToArray();
        Split.Shuffle(foldOf, random);
        return foldOf;
    }

    private static Fold Learn(PictureTable pictures, IReadOnlyList<Split.Person> others, ParallelOptions parallel)
    {
        var evidence = new VoteFeatures(pictures.Features);
        var believed = CommunityPrior.Initial(evidence.Dimension);
        var (community, factors) = others.Count == 0
            ? (believed, null)
            : CommunityFitter.FitWithFactors(believed, believed, [.. others.Select(person => evidence.ComparisonsOf(person.Training))], Passes, parallel.MaxDegreeOfParallelism, parallel.CancellationToken);
        return new(
            new(community),
            factors is null ? evidence : new VoteFeatures([.. pictures.Features.Select(factors.Extend)]),
            factors?.Count ?? 0,
            BradleyTerry.Fit(pictures.Features.Count, others.SelectMany(person => person.Training)));
    }

    private double TagSlope(int fold, IReadOnlyList<Vote>?[] first) =>
        _tags.Slope(first.Where((votes, person) => _foldOf[person] != fold && votes is not null)!);

    private static double Prequential(Fold fold, IReadOnlyList<Vote> votes, double rate)
    {
        const double DaysInAWeek = 7;
        const int AnewEvery = 10;

        var model = fold.Model;
        var comparisons = fold.VoteFeatures.ComparisonsOf(votes);
        var (taste, last, loss, count) = (model.Prior, (DateTimeOffset?)null, 0.0, 0);
        for (var row = 0; row < votes.Count; row++)
        {
            var vote = votes[row];
            if (last is { } before && vote.At is { } at)
            {
                taste = model.Drift(taste, (at - before).TotalDays / DaysInAWeek, rate);
            }

            last = vote.At ?? last;
            if (!vote.IsSkip)
            {
                loss += Score.LogLoss(fold.LogOdds(taste, vote), vote);
                count++;
            }

            taste = rate == 0 && (row + 1) % AnewEvery == 0 ? model.Rebuild(comparisons[..(row + 1)]) : model.Update(taste, comparisons[row]);
        }

        return loss / count;
    }

    /// <summary>What one fold's people are judged with.</summary>
    /// <param name="VoteFeatures">Votes in the features of the fold's community, its latent factors among them.</param>
    private sealed record Fold(TasteModel Model, VoteFeatures VoteFeatures, int Factors, BradleyTerry Strengths)
    {
        public double LogOdds(TastePosterior taste, in Vote vote)
        {
            // Beyond this, probabilities round to certainty.
            const double MaxProbability = 1 - 1e-12;

            var p = Math.Clamp(Model.Probability(taste, VoteFeatures.Left(vote), VoteFeatures.Right(vote)), 1 - MaxProbability, MaxProbability);
            return Math.Log(p / (1 - p));
        }
    }
}

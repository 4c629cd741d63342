using Personalization.Lab.Evaluation.Input;

namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>Cross-validation in several splits, with communities of several sizes, after several numbers of votes.</summary>
internal sealed class RepeatedCrossValidation(EvaluationOptions options, PictureTable pictures, Func<int, Split> draw, Action<string> say, CancellationToken cancellationToken)
{
    private readonly Dictionary<(int? Community, int Votes), List<PersonScores>> _scores = [];
    private readonly Dictionary<int, List<int>> _factors = [];

    /// <summary>What following changes of taste is worth, in the first split; null if votes have no times.</summary>
    public EvaluationReport.ChangeResult? Changes { get; private set; }

    /// <summary>The seed of a split: that of the options for the first.</summary>
    public static int SeedOf(int seed, int split) => split == 0 ? seed : (int)StableRandom.Mix(((ulong)(uint)seed << 32) + (ulong)split);

    /// <summary>Judges in all splits.</summary>
    public IReadOnlyList<EvaluationReport.CommunityResult> Judge()
    {
        int?[] communities = options.Communities.Count == 0 ? [null] : [.. options.Communities.Distinct().Order().Select(size => (int?)size)];
        var testToTraining = 0.0;
        for (var index = 0; index < options.Splits; index++)
        {
            var seed = SeedOf(options.Seed, index);
            var split = draw(seed);
            var fitted = pictures.FittedWithout(split.HeldOutPictures);
            testToTraining += split.TestToTraining / options.Splits;
            foreach (var community in communities)
            {
                JudgeCommunity(index, community, split, fitted, seed);
            }
        }

        return
        [
            .. communities.Where(community => _factors.ContainsKey(community ?? -1)).Select(community => new EvaluationReport.CommunityResult(
                community,
                _factors[community ?? -1],
                [.. Counts.Where(votes => _scores.ContainsKey((community, votes))).Select(votes => Summary.Summarize(votes, _scores[(community, votes)], testToTraining, options.Seed))])),
        ];
    }

    private IEnumerable<int> Counts => options.At.Distinct().Order();

    private void JudgeCommunity(int index, int? community, Split split, PictureTable fitted, int seed)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (community > CrossValidation.MaxCommunity(split, seed))
        {
            say($"The other folds do not have {community} people who voted: there are no rows for such a community{Of(index)}");
            return;
        }

        var progress = $"{(options.Splits > 1 ? $"Split {index + 1} of {options.Splits}. " : "")}{(community is null ? "" : $"Community of {community}. ")}";
        var crossValidation = CrossValidation.Prepare(fitted, split, seed, community, text => say(progress + text), cancellationToken);
        (_factors.TryGetValue(community ?? -1, out var factors) ? factors : _factors[community ?? -1] = []).AddRange(crossValidation.Factors);
        foreach (var votes in Counts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (crossValidation.JudgedAfter(votes).Length == 0)
            {
                say($"No person has {votes} votes without those held out: there is no row for {votes}{Of(index)}");
                continue;
            }

            say($"{progress}Judging after {votes} votes");
            var scores = PersonScores.From(crossValidation.After(votes));
            (_scores.TryGetValue((community, votes), out var all) ? all : _scores[(community, votes)] = []).Add(scores);
        }

        if (Changes is null && index == 0 && split.People.Any(person => person.IsTimed))
        {
            Changes = Summary.SummarizeChanges(crossValidation.Prequential());
        }
    }

    private string Of(int split) => options.Splits > 1 ? $" in split {split + 1}" : "";
}

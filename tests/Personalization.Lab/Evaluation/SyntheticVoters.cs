using System.Globalization;
using System.Text;
using Personalization.Lab.Evaluation.Input;
using Personalization.Lab.Evaluation.Scoring;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Lab.Evaluation;

/// <summary>
/// Synthetic people with known weights who vote on pictures with known features by the model's own distribution: with a
/// community mean, a population covariance, item effects, and the person's own picture effects.
/// </summary>
internal sealed class SyntheticVoters
{
    // se^2, see TasteModel.Kappa.
    private const double PictureEffectVariance = 0.53;

    private readonly double[][] _features;
    private readonly double[][] _scaled;
    private readonly double[][] _hidden;
    private readonly double[][] _liking;
    private readonly double[] _appeals;
    private readonly double[] _mean;
    private readonly double[] _spread;
    private readonly double[][] _weights;
    private readonly List<Row> _rows = [];

    private SyntheticVoters(int people, int pictures, int votes, int features, double tieOdds, double difference, int hidden, int seed)
    {
        var random = new StableRandom((ulong)seed);
        _features = [.. Enumerable.Range(0, pictures).Select(_ => Normals(features, random))];
        var scale = PictureFeatures.ScaleOf(features);
        _scaled = Array.ConvertAll(_features, row => Array.ConvertAll(row, value => scale * Math.Clamp(value, -PictureFeatures.Clip, PictureFeatures.Clip)));
        _appeals = [.. Normals(pictures, random).Select(value => 0.7 * value)];

        // People differ much along few directions, as real people do.
        _mean = [.. Normals(features, random).Select(value => 0.5 * value)];
        _spread = [.. Enumerable.Range(0, features).Select(feature => difference * 1.8 * Math.Exp(-3.0 * feature / features))];
        _weights = [.. Enumerable.Range(0, people).Select(_ => Normals(features, random).Select((value, feature) => _mean[feature] + (_spread[feature] * value)).ToArray())];
        _hidden = [.. Enumerable.Range(0, pictures).Select(_ => Normals(hidden, random))];
        _liking = [.. Enumerable.Range(0, people).Select(_ => Normals(hidden, random))];
        for (var person = 0; person < people; person++)
        {
            var sight = new Dictionary<int, double>();
            for (var vote = 0; vote < votes; vote++)
            {
                _rows.Add(Vote(person, vote, sight, tieOdds, random));
            }
        }
    }

    /// <summary>All answers, person by person, in order.</summary>
    public IReadOnlyList<Row> Rows => _rows;

    /// <param name="tieOdds">nu of Davidson's model: at even odds a pair is skipped with odds nu to 2.</param>
    /// <param name="difference">How much people differ: 0 if all have the same taste.</param>
    /// <param name="hidden">The number of latent factors along which people differ and which are not among the features.</param>
    public static SyntheticVoters Draw(int people, int pictures, int votes, int features = 6, double tieOdds = 0, double difference = 1, int hidden = 0, int seed = 7) =>
        new(people, pictures, votes, features, tieOdds, difference, hidden, seed);

    /// <summary>The true log odds that the person prefers the left picture, without their own picture effects.</summary>
    public double LogOdds(Row row) => Utility(row.Person, row.Left) - Utility(row.Person, row.Right);

    /// <summary>
    /// The accuracy of predictions from the true weights and item effects for the held-out votes of these files, as the mean over
    /// people: an upper bound of any model's expected accuracy.
    /// </summary>
    public double OwnAccuracy(string votesFile, string picturesFile, HoldOut test, int seed) =>
        OwnAccuracy(votesFile, picturesFile, test, seed, (person, _) => _weights[person]);

    /// <summary>
    /// The same for weights learnt from a number of each person's votes under the true prior and item effects: an upper bound of
    /// what can be learnt from that many votes.
    /// </summary>
    public double LearntAccuracy(string votesFile, string picturesFile, HoldOut test, int seed, int votes)
    {
        var model = new TasteModel(TruePrior());
        PictureFeatures[] pictures = [.. _scaled.Select((values, picture) => new PictureFeatures(picture + 1, values))];
        var evidence = new VoteFeatures(pictures);
        return OwnAccuracy(votesFile, picturesFile, test, seed, (_, person) => model.Rebuild(evidence.ComparisonsOf(person.First(votes))).Mean.ToArray());
    }

    public string VotesCsv(bool timed = false) => Csv(_rows, timed);

    public static string Csv(IEnumerable<Row> rows, bool timed = false)
    {
        var csv = new StringBuilder(timed ? "person,left,right,choice,time\n" : "person,left,right,choice\n");
        foreach (var row in rows)
        {
            csv.Append(CultureInfo.InvariantCulture, $"person{row.Person},picture{row.Left},picture{row.Right},{row.Choice}");
            csv.Append(timed ? string.Create(CultureInfo.InvariantCulture, $",{new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(row.Index * 6):O}\n") : "\n");
        }

        return csv.ToString();
    }

    /// <summary>Ratings of every picture by every person, 1 to 7, of how much they like it: the utility with an effect of their own.</summary>
    public string RatingsCsv(int seed = 1)
    {
        var random = new StableRandom((ulong)seed);
        var csv = new StringBuilder("person,picture,rating\n");
        for (var person = 0; person < _weights.Length; person++)
        {
            for (var picture = 0; picture < _features.Length; picture++)
            {
                var liked = Utility(person, picture) + (Math.Sqrt(PictureEffectVariance) * random.NextNormal());
                csv.Append(CultureInfo.InvariantCulture, $"person{person},picture{picture},{Math.Clamp(Math.Round(4 + liked), 1, 7)}\n");
            }
        }

        return csv.ToString();
    }

    public string PicturesCsv()
    {
        var csv = new StringBuilder("picture");
        for (var feature = 0; feature < _features[0].Length; feature++)
        {
            csv.Append(CultureInfo.InvariantCulture, $",feature{feature}");
        }

        for (var picture = 0; picture < _features.Length; picture++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"\npicture{picture},").AppendJoin(',', _features[picture].Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        }

        return csv.Append('\n').ToString();
    }

    private Row Vote(int person, int index, Dictionary<int, double> sight, double tieOdds, StableRandom random)
    {
        var left = random.Below(_features.Length);
        var right = (left + 1 + random.Below(_features.Length - 1)) % _features.Length;
        foreach (var picture in new[] { left, right })
        {
            if (!sight.ContainsKey(picture))
            {
                sight[picture] = Math.Sqrt(PictureEffectVariance) * random.NextNormal();
            }
        }

        var logOdds = Utility(person, left) + sight[left] - Utility(person, right) - sight[right];

        // Davidson's model: close pairs are skipped most, and the odds of the other two answers stay as they are.
        var choice = random.NextDouble() < tieOdds / (tieOdds + (2 * Math.Cosh(logOdds / 2))) ? "skip" : random.NextDouble() < Logistic.Sigmoid(logOdds) ? "left" : "right";
        return new(person, index, left, right, choice);
    }

    private double OwnAccuracy(string votesFile, string picturesFile, HoldOut test, int seed, Func<int, Split.Person, double[]> weightsOf)
    {
        var pictures = PictureTable.Read(picturesFile).Value!;
        var split = Split.Draw(VoteFile.Read(votesFile, pictures).Value!.Voters, pictures, test, newPictures: false, seed);
        return split.People.Select((person, index) =>
        {
            var weights = weightsOf(index, person);
            double LogOdds(Vote vote) => Utility(index, vote.Left, weights) - Utility(index, vote.Right, weights);
            return person.Test.Average(vote => LogOdds(vote) > 0 == (vote.Choice == Choice.Left) ? 1 : 0);
        }).Average();
    }

    /// <summary>The distribution from which the people and the pictures were drawn.</summary>
    private CommunityPrior TruePrior()
    {
        var dimension = _mean.Length;
        var spread = new double[dimension * dimension];
        for (var feature = 0; feature < dimension; feature++)
        {
            spread[feature * (dimension + 1)] = _spread[feature] * _spread[feature];
        }

        var appeals = _appeals.Select((appeal, picture) => (appeal, picture)).ToDictionary(known => known.picture + 1L, known => new Appeal(known.appeal, 0));
        return new(0, _mean, spread, new double[spread.Length], 0, appeals, 0);
    }

    private double Utility(int person, int picture) => Utility(person, picture, _weights[person]);

    private double Utility(int person, int picture, double[] weights) =>
        _appeals[picture]
        + weights.Zip(_scaled[picture], (weight, feature) => weight * feature).Sum()
        + _liking[person].Zip(_hidden[picture], (liking, quality) => liking * quality).Sum();

    private static double[] Normals(int count, StableRandom random)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = random.NextNormal();
        }

        return values;
    }

    /// <summary>One row of the votes.</summary>
    /// <param name="Index">Which of the person's rows it is.</param>
    internal sealed record Row(int Person, int Index, int Left, int Right, string Choice)
    {
        /// <summary>The opposite answer.</summary>
        public Row Flipped() => this with { Choice = Choice == "left" ? "right" : "left" };
    }
}

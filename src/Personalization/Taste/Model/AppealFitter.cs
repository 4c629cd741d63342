using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// The pictures' own appeal b ~ N(0, sb^2), fitted by ridge regression to what is left of everybody's comparisons once their
/// taste is accounted for.
/// </summary>
internal sealed class AppealFitter
{
    // What a person sees in a picture, e_ui, is in all their comparisons of it: n of them tell (1 + c)/(1 + c n) as much each
    // as one alone, with c = h se^2 for the curvature h = 0.2 of a typical comparison and se^2 = 0.53.
    private const double SharedSight = 0.2 * 0.53;

    private const int NewtonSteps = 2;
    private const int MaxConjugateSteps = 50;
    private const double MinVariance = 1e-4;

    private readonly Dictionary<long, int> _indices = [];
    private readonly List<long> _pictures = [];
    private readonly int[] _firstOf;
    private readonly Term[] _terms;
    private readonly double[] _means;
    private readonly double[] _curvatures;
    private readonly double[][] _centred;

    public AppealFitter(IReadOnlyList<IReadOnlyList<Comparison>> people, CommunityPrior start, double variance)
    {
        Variance = variance;
        _firstOf = new int[people.Count];
        var terms = new List<Term>();
        for (var person = 0; person < people.Count; person++)
        {
            _firstOf[person] = terms.Count;
            var met = new Dictionary<long, int>();
            foreach (var comparison in people[person])
            {
                met[comparison.Preferred.Picture] = met.GetValueOrDefault(comparison.Preferred.Picture) + 1;
                met[comparison.Other.Picture] = met.GetValueOrDefault(comparison.Other.Picture) + 1;
            }

            foreach (var comparison in people[person])
            {
                var often = 0.5 * (met[comparison.Preferred.Picture] + met[comparison.Other.Picture]);
                terms.Add(new()
                {
                    Preferred = IndexOf(comparison.Preferred.Picture),
                    Other = IndexOf(comparison.Other.Picture),
                    Outcome = comparison.Outcome,
                    Weight = comparison.Weight * (1 + SharedSight) / (1 + (SharedSight * often)),
                    IsVote = comparison.Weight == 1 || comparison.IsTie,
                });
            }
        }

        _terms = [.. terms];
        _centred = new double[_pictures.Count][];
        Gram = new double[start.Dimension * start.Dimension];
        foreach (var group in ConnectedComponents.Groups(people))
        {
            Centre(group);
        }

        _means = [.. _pictures.Select(picture => start.AppealOf(picture).Mean)];
        _curvatures = new double[_pictures.Count];
    }

    /// <summary>sb^2.</summary>
    public double Variance { get; private set; }

    /// <summary>
    /// F'F over the distinct pictures, d by d, each group that comparisons connect about its own mean: only differences
    /// within one are ever asked about.
    /// </summary>
    public double[] Gram { get; }

    /// <summary>Notes what a person's taste says of their comparisons. Different people may be noted at the same time.</summary>
    public void Note(int person, IReadOnlyList<Comparison> comparisons, double[] mean, double[] covariance)
    {
        var difference = new double[mean.Length];
        var spread = new double[mean.Length];
        for (var i = 0; i < comparisons.Count; i++)
        {
            ref var term = ref _terms[_firstOf[person] + i];
            TensorPrimitives.Subtract(comparisons[i].Preferred.Values, comparisons[i].Other.Values, difference);
            SymmetricMatrix.Multiply(covariance, difference, spread);
            var variance = TensorPrimitives.Dot<double>(difference, spread);
            term.Liking = TensorPrimitives.Dot<double>(difference, mean);
            term.Slope = TasteModel.Kappa * Logistic.ProbitScale(TasteModel.Kappa * TasteModel.Kappa * variance);
        }
    }

    /// <summary>Fits the appeals to what was noted.</summary>
    public void Improve()
    {
        for (var step = 0; step < NewtonSteps; step++)
        {
            var gradient = new double[_means.Length];
            Array.Clear(_curvatures);
            foreach (ref var term in _terms.AsSpan())
            {
                var p = Logistic.Sigmoid(term.Slope * (term.Liking + At(_means, term.Preferred) - At(_means, term.Other)));
                term.Curvature = term.Weight * p * (1 - p) * term.Slope * term.Slope;
                var pull = term.Weight * (term.Outcome - p) * term.Slope;
                Add(gradient, term.Preferred, pull);
                Add(gradient, term.Other, -pull);
                Add(_curvatures, term.Preferred, term.Curvature);
                Add(_curvatures, term.Other, term.Curvature);
            }

            for (var picture = 0; picture < gradient.Length; picture++)
            {
                gradient[picture] -= _means[picture] / Variance;
            }

            var move = Solve(gradient);
            for (var picture = 0; picture < move.Length; picture++)
            {
                _means[picture] += move[picture];
            }
        }

    }

    /// <summary>
    /// Hands over to everybody's taste what features explain of the appeals. Votes only tell the sum of both, so that mu and b
    /// can be moved against each other until their priors like it best: beta minimises |b - F beta|^2/sb^2 + |mu + beta|^2/tau^2.
    /// Then fits sb^2 to what is left.
    /// </summary>
    /// <returns>beta, which mu is to grow by.</returns>
    public double[] Explain(double[] mean, double tauSquare)
    {
        var dimension = mean.Length;
        var right = new double[dimension];
        TensorPrimitives.Multiply(mean, -1 / tauSquare, right);
        for (var picture = 0; picture < _means.Length; picture++)
        {
            TensorPrimitives.MultiplyAdd(_centred[picture], _means[picture] / Variance, right, right);
        }

        var matrix = new double[Gram.Length];
        TensorPrimitives.Multiply(Gram, 1 / Variance, matrix);
        for (var feature = 0; feature < dimension; feature++)
        {
            matrix[(feature * dimension) + feature] += 1 / tauSquare;
        }

        var beta = new Cholesky(matrix, dimension).Solve(right);
        for (var picture = 0; picture < _means.Length; picture++)
        {
            _means[picture] -= TensorPrimitives.Dot<double>(_centred[picture], beta);
        }

        Variance = Math.Max(MinVariance, Enumerable.Range(0, _means.Length).Sum(picture => (_means[picture] * _means[picture]) + VarianceOf(picture)) / Math.Max(1, _means.Length));
        return beta;
    }

    /// <summary>What is known of each picture's appeal.</summary>
    public IReadOnlyDictionary<long, Appeal> Known() =>
        _pictures.Select((picture, index) => (picture, new Appeal(_means[index], VarianceOf(index)))).ToDictionary();

    /// <summary>The log odds of every pair that was voted on or skipped, flattened by doubt, and how many were skipped.</summary>
    public double[] PairLogOdds(out int ties)
    {
        ties = _terms.Count(term => term.Outcome == 0.5);
        return [.. _terms.Where(term => term.IsVote).Select(term => term.Slope * (term.Liking + At(_means, term.Preferred) - At(_means, term.Other)))];
    }

    private void Centre(IReadOnlyList<PictureFeatures> group)
    {
        var mean = new double[group[0].Dimension];
        foreach (var picture in group)
        {
            TensorPrimitives.MultiplyAdd(picture.Values, 1.0 / group.Count, mean, mean);
        }

        foreach (var picture in group)
        {
            var centred = new double[mean.Length];
            TensorPrimitives.Subtract(picture.Values, mean, centred);
            SymmetricMatrix.AddOuter(Gram, centred, 1);
            if (picture.Picture != 0)
            {
                _centred[IndexOf(picture.Picture)] = centred;
            }
        }
    }

    private static double At(double[] values, int index) => index < 0 ? 0 : values[index];

    private static void Add(double[] values, int index, double value)
    {
        if (index >= 0)
        {
            values[index] += value;
        }
    }

    // A picture known to nobody has no appeal of its own to learn.
    private int IndexOf(long picture)
    {
        if (picture == 0)
        {
            return -1;
        }

        if (!_indices.TryGetValue(picture, out var index))
        {
            index = _indices[picture] = _pictures.Count;
            _pictures.Add(picture);
        }

        return index;
    }

    private double VarianceOf(int picture) => 1 / (_curvatures[picture] + (1 / Variance));

    /// <summary>
    /// Solves (Z'HZ + I/sb^2) x = right, where Z takes the difference of each comparison, by conjugate gradients with the
    /// diagonal as preconditioner (Hestenes and Stiefel 1952): the matrix is sparse, and never formed.
    /// </summary>
    private double[] Solve(double[] right)
    {
        var count = right.Length;
        var x = new double[count];
        var residual = (double[])right.Clone();
        var scaled = Scale(residual);
        var direction = (double[])scaled.Clone();
        var length = Dot(residual, scaled);
        var enough = 1e-16 * length;
        for (var step = 0; step < MaxConjugateSteps && length > enough; step++)
        {
            var image = Apply(direction);
            var along = length / Dot(direction, image);
            for (var i = 0; i < count; i++)
            {
                x[i] += along * direction[i];
                residual[i] -= along * image[i];
            }

            scaled = Scale(residual);
            var next = Dot(residual, scaled);
            for (var i = 0; i < count; i++)
            {
                direction[i] = scaled[i] + (next / length * direction[i]);
            }

            length = next;
        }

        return x;
    }

    private double[] Scale(double[] values) => [.. values.Select((value, picture) => value * VarianceOf(picture))];

    private double[] Apply(double[] x)
    {
        var image = new double[x.Length];
        foreach (ref readonly var term in _terms.AsSpan())
        {
            var pull = term.Curvature * (At(x, term.Preferred) - At(x, term.Other));
            Add(image, term.Preferred, pull);
            Add(image, term.Other, -pull);
        }

        for (var picture = 0; picture < x.Length; picture++)
        {
            image[picture] += x[picture] / Variance;
        }

        return image;
    }

    private static double Dot(double[] left, double[] right) => TensorPrimitives.Dot<double>(left, right);

    private record struct Term
    {
        public int Preferred;
        public int Other;
        public double Outcome;
        public double Weight;
        public bool IsVote;
        public double Liking;
        public double Slope;
        public double Curvature;
    }
}

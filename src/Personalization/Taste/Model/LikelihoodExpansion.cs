using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>The log likelihoods of n answers to second order about some weights w, of which only w - mu matters, mu the prior mean.</summary>
/// <param name="LogLikelihoods">At w, times the weight of the answer, n.</param>
/// <param name="Residuals">y - p at w, times the weight, n.</param>
/// <param name="Curvatures">p (1 - p), times the weight, n.</param>
/// <param name="Deviation">w - mu, d.</param>
internal sealed record LikelihoodExpansion(double[] LogLikelihoods, double[] Residuals, double[] Curvatures, double[] Deviation)
{
    /// <summary>n.</summary>
    public int Count => Residuals.Length;

    /// <summary>Some of the answers, as if they were all of one person.</summary>
    public sealed class Side
    {
        private readonly LikelihoodExpansion _expansion;
        private readonly float[] _workspace;
        private readonly double[] _pull;
        private readonly double _prior;
        private readonly double[] _gradient;
        private readonly double[] _precision;
        private double _logLikelihood;

        /// <param name="priorPrecision">P, d by d, row by row.</param>
        /// <param name="workspace">Of <see cref="BlockedProducts.WorkspaceLength"/>.</param>
        public Side(LikelihoodExpansion expansion, double[] priorPrecision, float[] workspace)
        {
            (_expansion, _workspace, _precision) = (expansion, workspace, (double[])priorPrecision.Clone());
            var deviation = expansion.Deviation;
            (_pull, _gradient) = (new double[deviation.Length], new double[deviation.Length]);
            SymmetricMatrix.Multiply(priorPrecision, deviation, _pull);
            _prior = new Cholesky(priorPrecision, deviation.Length).LogDeterminant() - TensorPrimitives.Dot<double>(deviation, _pull);
        }

        /// <summary>Adds a range of answers.</summary>
        /// <param name="x">The differences of features, d rows of n numbers.</param>
        public void Add(ReadOnlySpan<double> x, int first, int end)
        {
            _logLikelihood += TensorPrimitives.Sum<double>(_expansion.LogLikelihoods.AsSpan(first, end - first));
            for (var feature = 0; feature < _gradient.Length; feature++)
            {
                _gradient[feature] += TensorPrimitives.Dot(x.Slice((feature * _expansion.Count) + first, end - first), _expansion.Residuals.AsSpan(first, end - first));
            }

            BlockedProducts.AddGram(x[first..], _expansion.Count, _expansion.Curvatures.AsSpan(first, end - first), _workspace, _precision, _gradient.Length);
        }

        /// <summary>
        /// The log evidence, as a score test has it (Rao 1948, "Large sample tests of statistical hypotheses concerning several
        /// parameters"): with g and A the gradient and curvature of the answers, l their log likelihood and h = g - P (w - mu), it is
        /// l - (w - mu)'P(w - mu)/2 + h'(P + A)^-1 h/2 - ln det(P + A)/2 + ln det(P)/2.
        /// </summary>
        public double Evidence()
        {
            var gradient = new double[_gradient.Length];
            TensorPrimitives.Subtract(_gradient, _pull, gradient);
            var factor = new Cholesky(_precision, gradient.Length);
            return _logLikelihood + (0.5 * (_prior + TensorPrimitives.Dot<double>(gradient, factor.Solve(gradient)) - factor.LogDeterminant()));
        }
    }
}

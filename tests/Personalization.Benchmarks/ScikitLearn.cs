using System.Diagnostics;
using System.Globalization;
using Personalization.Taste.Model;

namespace Personalization.Benchmarks;

/// <summary>
/// One logistic regression fitted twice: by scikit-learn, and by the code that learns a taste. Both maximise the same
/// function, of comparisons with the prior N(0, 1) for each weight (scikit-learn's C = 1) and no intercept: as many as open
/// <c>--p</c>, on the axes of style alone and with the pixel measures, which is what the program fits without an encoder, and
/// ten times as many with an embedding.
/// </summary>
internal static class ScikitLearn
{
    // The best of so many is one that nothing else on the machine came into.
    private const int Runs = 200;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    // Half of the rows are turned round, since scikit-learn wants both classes; the likelihood is the same.
    private const string Script =
        """
        import sys, time, warnings
        import numpy as np
        from sklearn.linear_model import LogisticRegression
        import sklearn
        warnings.filterwarnings("ignore")
        x = np.loadtxt(sys.argv[1], delimiter=",")
        y = np.ones(len(x)); y[::2] = 0; x[::2] *= -1
        print("version", sklearn.__version__)
        for solver in ("lbfgs", "newton-cg", "newton-cholesky"):
            best, fit = 1e9, None
            for _ in range(int(sys.argv[2])):
                begun = time.perf_counter()
                fit = LogisticRegression(C=1, fit_intercept=False, tol=1e-8, max_iter=1000, solver=solver).fit(x, y)
                best = min(best, time.perf_counter() - begun)
            print(solver, best, " ".join(repr(float(w)) for w in fit.coef_[0]))
        """;

    public static async Task<int> RunAsync(TextWriter output) =>
        await RunAsync(200, 12, output) + await RunAsync(200, 48, output) + await RunAsync(2000, ModelBenchmarks.Dimension, output);

    private static async Task<int> RunAsync(int count, int dimension, TextWriter output)
    {
        var comparisons = ModelBenchmarks.Comparisons(count, dimension);
        var prior = CommunityPrior.Initial(dimension);
        var (best, weights) = Fit(prior, comparisons);
        var rebuild = Best(() => new TasteModel(prior).Rebuild(comparisons));
        await output.WriteLineAsync(Line($"{count} comparisons of {dimension} features. Maximum: {best * 1000:0.00} ms; the whole taste (TasteModel.Rebuild): {rebuild * 1000:0.00} ms"));

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, comparisons.Select(Row));
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Script, file, Runs.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            while (await python.StandardOutput.ReadLineAsync() is { } line)
            {
                await output.WriteLineAsync(Compared(line, best, rebuild, weights));
            }

            await python.WaitForExitAsync();
            return python.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            await output.WriteLineAsync("There is no python3 here; install python3-sklearn to compare.");
            return 1;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (double Best, double[] Weights) Fit(CommunityPrior prior, Comparison[] comparisons)
    {
        var weights = Array.Empty<double>();
        var precision = prior.PopulationCovariance.ToArray();
        var best = Best(() =>
        {
            using var fit = new PosteriorFit(prior.Mean.ToArray(), precision, prior, comparisons, sharesEffects: false);
            weights = fit.Laplace(prior.Mean).Mean;
        });
        return (best, weights);
    }

    private static double Best(Action action)
    {
        // Until the code is compiled for good.
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < WarmUp)
        {
            action();
        }

        var best = double.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var begun = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        return best;
    }

    private static string Row(Comparison comparison) => string.Join(',', Enumerable.Range(0, comparison.Preferred.Dimension).Select(feature =>
        (TasteModel.Kappa * (comparison.Preferred.Values[feature] - comparison.Other.Values[feature])).ToString("R", CultureInfo.InvariantCulture)));

    private static string Compared(string line, double best, double rebuild, double[] weights)
    {
        var parts = line.Split(' ');
        if (parts.Length != 2 + weights.Length)
        {
            return $"scikit-learn {line}";
        }

        var theirs = double.Parse(parts[1], CultureInfo.InvariantCulture);
        var apart = parts[2..].Select((weight, feature) => Math.Abs(double.Parse(weight, CultureInfo.InvariantCulture) - weights[feature])).Max();
        return Line($"{parts[0]}: {theirs * 1000:0.0} ms, {theirs / best:0.0} times as long as the maximum, {theirs / rebuild:0.0} times the whole taste; weights differ by at most {apart:0.0e+0}");
    }

    private static string Line(FormattableString line) => FormattableString.Invariant(line);
}

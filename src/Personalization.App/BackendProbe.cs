using System.Globalization;
using Microsoft.Extensions.Options;
using Personalization.Backends;
using Personalization.Imagine;

namespace Personalization.App;

/// <summary><c>--check-backends</c>: a table of what every configured backend can really do.</summary>
internal static class BackendProbe
{
    private static readonly string[] Columns = ["backend", "model", "picture", "seed", "negative", "weights", "references", "batch", "progress", "preview", "cancel"];

    /// <returns>0 when all paint and nothing they say is false, else 1.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error) => Parts.RunAsync(stop => CheckAsync(args, output, stop), error);

    private static async Task<int> CheckAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        await using var parts = Parts.Build(args);
        var check = parts.GetRequiredService<BackendCheck>();
        var backends = parts.GetServices<IImageBackend>().ToArray();
        var isFine = true;
        await output.WriteLineAsync(Row(Columns));
        foreach (var (name, model) in parts.GetRequiredService<IOptions<ImagineOptions>>().Value.Models())
        {
            var backend = backends.First(backend => string.Equals(backend.Name, name, StringComparison.OrdinalIgnoreCase));
            var report = await check.RunAsync(backend, model, cancellationToken);
            isFine &= report.IsAsDeclared;
            await output.WriteLineAsync(Row(Cells(report)));
            foreach (var remark in Remarks(report))
            {
                await output.WriteLineAsync($"  {remark}");
            }
        }

        return isFine ? 0 : 1;
    }

    private static string[] Cells(BackendReport report)
    {
        var (declared, proved) = (report.Declared, report.Proved);
        string Proof(bool isDeclared, bool isProved) => !isDeclared ? "-" : report.Problem is not null ? "?" : isProved ? "proved" : "FALSE";
        static string Said(bool isDeclared) => isDeclared ? "yes" : "-";

        // Without seeds a difference tells nothing.
        string ByPicture(bool isDeclared, bool isProved) => declared.Seed && proved.Seed ? Proof(isDeclared, isProved) : isDeclared ? "unproved" : "-";
        return
        [
            report.Backend,
            report.Model.Length == 0 ? "(its own)" : report.Model,
            report.Problem is null ? string.Create(CultureInfo.InvariantCulture, $"{report.Took.TotalSeconds:0.0} s") : "NONE",
            Proof(declared.Seed, proved.Seed),
            ByPicture(declared.Negative, proved.Negative),
            ByPicture(declared.Weights, proved.Weights),
            declared.References == 0 ? "-" : $"{declared.References} {ByPicture(true, proved.References > 0)}",
            declared.Batch.ToString(CultureInfo.InvariantCulture),
            Said(declared.Progress),
            Said(declared.Preview),
            Said(declared.Cancel),
        ];
    }

    private static IEnumerable<string> Remarks(BackendReport report)
    {
        if (report.Problem is { } problem)
        {
            yield return problem;
        }

        if (report.False.Count > 0)
        {
            yield return $"It takes what it does nothing with, and the bot does without: {string.Join(", ", report.False)}.";
        }

        if (report.Refusal is { } refusal)
        {
            yield return refusal;
        }

        if (report.Declared.Notice is { Length: > 0 } notice)
        {
            yield return $"Note: {notice}.";
        }
    }

    private static string Row(string[] cells) => string.Concat(cells.Select((cell, i) => cell.PadRight(i switch { 0 => 22, 1 => 30, 2 => 9, 6 => 12, _ => 10 }) + " ")).TrimEnd();
}

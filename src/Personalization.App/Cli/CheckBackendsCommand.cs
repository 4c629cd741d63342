using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Personalization.Backends.Check;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.App.Cli;

/// <summary><c>check-backends</c>: a table of what every configured backend can really do; what is being asked goes to the standard error.</summary>
internal static class CheckBackendsCommand
{
    private static readonly string[] Columns = ["backend", "model", "picture", "seed", "negative", "weights", "references", "batch", "sizes", "progress", "preview", "cancel"];

    /// <summary>The command <c>check-backends</c>.</summary>
    public static Command Create()
    {
        var command = new Command("check-backends", "Paint a few small pictures with every version's image server, and print what each can really do. Ends with 0 when all paint and have every capability they declare, otherwise with 1.");
        SettingsArgument.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.Settings(), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> settings, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        await using var bot = BotHost.BuildForCommand(settings);
        var check = bot.Services.GetRequiredService<BackendChecker>();
        var backends = bot.Services.GetRequiredService<ImageBackends>();
        var models = bot.Services.GetRequiredService<IOptions<ImagineOptions>>().Value.Models();
        var isFine = true;
        await output.WriteLineAsync(Row(Columns));
        foreach (var (name, model) in models)
        {
            var backend = backends.Require(name);
            var report = await check.RunAsync(backend, model, new Steps(name, model, error), cancellationToken);
            isFine &= report.IsAsDeclared;
            await output.WriteLineAsync(Row(Cells(report)));
            foreach (var remark in Remarks(report))
            {
                await output.WriteLineAsync($"  {remark}");
            }
        }

        // The exact painter is always registered, whether a version uses it or not.
        foreach (var idle in backends.All.Where(backend => backend is not IExactPainter && !models.Any(used => string.Equals(used.Backend, backend.Name, StringComparison.OrdinalIgnoreCase))))
        {
            await output.WriteLineAsync($"{idle.Name} was not checked: no version uses it. Set Imagine:Versions:NAME:Backend to {idle.Name}.");
        }

        return isFine ? 0 : 1;
    }

    private static string[] Cells(CheckReport report)
    {
        var (declared, kept, proved) = (report.Declared, report.Kept, report.Proved);

        // A declared capability that was not observed is unknown.
        static string Cell(bool isDeclared, bool isKept, bool isProved) => !isDeclared ? "-" : isProved ? "proved" : isKept ? "?" : "FALSE";
        return
        [
            report.Backend,
            report.Model.Length == 0 ? "(its own)" : report.Model,
            report.Problem is null ? string.Create(CultureInfo.InvariantCulture, $"{report.Took.TotalSeconds:0.0} s") : "NONE",
            Cell(declared.Seed, kept.Seed, proved.Seed),
            Cell(declared.Negative, kept.Negative, proved.Negative),
            Cell(declared.Weights, kept.Weights, proved.Weights),
            declared.References == 0 ? "-"
                : kept.References is > 0 and var some && some < declared.References ? $"{some} of {declared.References}"
                : $"{declared.References} {Cell(true, kept.References > 0, proved.References > 0)}",
            declared.Batch == 1 ? "-" : proved.Batch > 1 ? $"{proved.Batch} of {declared.Batch}" : $"{declared.Batch} {Cell(true, kept.Batch > 1, false)}",
            Cell(declared.Sizes, kept.Sizes, proved.Sizes),
            Cell(declared.Progress, kept.Progress, proved.Progress),
            Cell(declared.Preview, kept.Preview, proved.Preview),
            Cell(declared.Cancel, kept.Cancel, proved.Cancel),
        ];
    }

    private static IEnumerable<string> Remarks(CheckReport report)
    {
        if (report.Problem is { } problem)
        {
            yield return problem;
        }

        if (report.False.Count > 0)
        {
            yield return $"Declared but not available, so the bot does not use it: {string.Join(", ", report.False)}.";
        }

        foreach (var remark in report.Remarks)
        {
            yield return remark;
        }

        if (report.Unproved.Count > 0)
        {
            yield return $"Not proved, and used as declared: {string.Join("; ", report.Unproved)}.";
        }

        if (report.Declared.Notice is { Length: > 0 } notice)
        {
            yield return $"Note: {notice}.";
        }
    }

    // Progress<T> posts to the thread pool, which can change the order of the lines.
    private sealed class Steps(string backend, string model, TextWriter error) : IProgress<CheckStep>
    {
        public void Report(CheckStep value) =>
            error.WriteLine($"{backend}{(model.Length == 0 ? "" : $" {model}")}: request {value.Number} of at most {value.Most}, {value.Proves} ...");
    }

    private static string Row(string[] cells) => string.Concat(cells.Select((cell, i) => cell.PadRight(i switch { 0 => 22, 1 => 30, 2 => 9, 6 => 12, _ => 10 }) + " ")).TrimEnd();
}

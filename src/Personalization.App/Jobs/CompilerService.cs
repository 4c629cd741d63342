using Microsoft.Extensions.Options;

namespace Personalization.App.Jobs;

/// <summary>
/// Lets the runtime's compiler work behind the answers: in the first minutes under load, its optimized versions of methods took a
/// third of the program's processor time, on a thread of ordinary priority. The runtime has no setting for that, and starts the
/// thread again after each pause.
/// </summary>
internal sealed class CompilerService(IOptions<ComputeOptions> options, TimeProvider time) : BackgroundService
{
    private const string Compiler = ".NET Tiered Compilation Worker";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            NiceThread.Lower(Compiler, options.Value.Nice);
        }
    }
}

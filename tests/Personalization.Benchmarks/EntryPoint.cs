using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Personalization.Benchmarks;

/// <summary><c>load</c> drives the whole program, <c>sklearn</c> fits beside scikit-learn; anything else goes to BenchmarkDotNet (<c>--filter *</c> for all).</summary>
internal static class EntryPoint
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["load"])
        {
            await LoadDriver.RunAsync(Console.Out);
            return 0;
        }

        if (args is ["sklearn"])
        {
            return await ScikitLearn.RunAsync(Console.Out);
        }

        // In process: BenchmarkDotNet's own builds would neither find the central package versions nor be quick.
        var config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default);
        BenchmarkSwitcher.FromAssembly(typeof(EntryPoint).Assembly).Run(args, config);
        return 0;
    }
}

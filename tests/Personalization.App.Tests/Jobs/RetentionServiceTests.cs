using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Personalization.App.Jobs;
using Personalization.Pictures;

namespace Personalization.App.Tests.Jobs;

public sealed class RetentionServiceTests
{
    [Fact]
    public async Task Operator_reads_once_a_day_that_the_pictures_take_more_than_they_may()
    {
        await using var first = await TasteProgram.CreateAsync();
        await using var program = await first.NextAsync("--Retention:MaxGigabytes=0.000001");
        var key = await program.Get<IPictureFiles>().SaveAsync(new byte[2_000_000], "png", TasteProgram.Cancellation);
        await program.Get<IPictureStore>().SetFileAsync(new(1), key, TasteProgram.Cancellation);
        var service = Service(program);

        await service.SweepAsync(TasteProgram.Cancellation);
        await service.SweepAsync(TasteProgram.Cancellation);

        Assert.Single(Warnings(program), "The pictures take 2 MB, more than the 0 MB of Retention:MaxGigabytes, and all of them are needed or were used within a day: nothing more is deleted. Raise the limit, or make room for them");
        Assert.Equal((HealthStatus.Degraded, "The pictures take 0.002 GB, which is more than Retention:MaxGigabytes, and all of them are needed."), await StorageAsync(program));

        program.Time.Advance(TimeSpan.FromDays(1));
        await service.SweepAsync(TasteProgram.Cancellation);
        Assert.Equal(2, Warnings(program).Count(line => line.StartsWith("The pictures take 2 MB", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Operator_reads_what_the_pictures_take_and_what_was_deleted()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.Get<IPictureFiles>().SaveAsync(new byte[3_000_000], "png", TasteProgram.Cancellation);
        await Service(program).SweepAsync(TasteProgram.Cancellation);
        Assert.Equal((HealthStatus.Healthy, "The pictures take 0.003 GB."), await StorageAsync(program));
        Age(program, TimeSpan.FromHours(2));

        await Service(program).SweepAsync(TasteProgram.Cancellation);

        Assert.Single(program.Log.Lines, line => line.Contains("Deleted as no longer needed: 0 pictures and 1 files without a picture, together 3 MB, and 0 rows of jobs and unused prompts", StringComparison.Ordinal));
        Assert.Equal((HealthStatus.Healthy, "The pictures take 0.0 GB."), await StorageAsync(program));
    }

    [Fact]
    public async Task Operator_reads_that_the_database_may_be_the_wrong_one()
    {
        await using var program = await TasteProgram.CreateAsync();
        for (byte i = 0; i < 21; i++)
        {
            await program.Get<IPictureFiles>().SaveAsync(new[] { i }, "png", TasteProgram.Cancellation);
        }

        Age(program, TimeSpan.FromHours(2));

        await Service(program).SweepAsync(TasteProgram.Cancellation);

        Assert.Contains("21 files of pictures are in no row of the database, so that it may be the wrong one, and nothing is deleted", Assert.Single(Warnings(program)), StringComparison.Ordinal);
        Assert.Equal((HealthStatus.Degraded, "21 files of pictures are in no row of the database, so that it may be the wrong one."), await StorageAsync(program));
        Assert.Equal(21, Directory.GetFiles(Path.Combine(program.Folder, "pictures"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Retention_runs_with_the_bot() =>
        Assert.Contains(BotHost.CreateBuilder().Services, service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(RetentionService));

    private static RetentionService Service(TasteProgram program) => ActivatorUtilities.CreateInstance<RetentionService>(program.Get<IServiceProvider>());

    private static IEnumerable<string> Warnings(TasteProgram program) =>
        program.Log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..].Trim());

    private static async Task<(HealthStatus Status, string? Description)> StorageAsync(TasteProgram program)
    {
        var entry = (await program.Get<HealthCheckService>().CheckHealthAsync(TasteProgram.Cancellation)).Entries["storage"];
        return (entry.Status, entry.Description);
    }

    private static void Age(TasteProgram program, TimeSpan age)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(program.Folder, "pictures"), "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, (program.Time.GetUtcNow() - age).UtcDateTime);
        }
    }
}

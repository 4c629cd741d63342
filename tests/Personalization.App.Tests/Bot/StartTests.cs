using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Personalization.App.Jobs;
using Personalization.Imagine.Jobs;

namespace Personalization.App.Tests.Bot;

/// <summary>What people get, and what readiness says, while the ranking pictures of a start are not prepared yet.</summary>
public sealed class StartTests
{
    private static readonly PersonId Ann = new(1);

    // As InteractionRouter waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _seeded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData("rank")]
    [InlineData("explore")]
    [InlineData("taste")]
    [InlineData("code")]
    public async Task Command_that_comes_before_the_pictures_are_prepared_is_told_so_and_works_afterwards(string command)
    {
        await using var program = await CreateAsync();

        var early = await EarlyAsync(program, () => program.SayAsync(Ann, command));
        Assert.StartsWith("I have just started", early.Text, StringComparison.Ordinal);
        Assert.True(early.IsAtOnce);
        Assert.True(program.Discord.IsLastPersonal);

        _seeded.SetResult();
        Assert.DoesNotContain("I have just started", (await program.SayAsync(Ann, command)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(program.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prompt_that_comes_before_the_pictures_are_prepared_is_kept_behind_a_button()
    {
        var queue = new RecordedQueue();
        await using var program = await CreateAsync(services => services.AddSingleton<IImagineQueue>(queue));
        program.Locale = "de";

        var early = await EarlyAsync(program, () => program.SayAsync(Ann, "imagine", ("prompt", "a boat --ar 3:2")));
        Assert.StartsWith("Ich bin gerade erst gestartet", early.Text, StringComparison.Ordinal);
        Assert.Empty(queue.Jobs);

        _seeded.SetResult();
        await program.PressAsync(Ann, Assert.Single(program.Discord.LastButtons));
        Assert.Equal("a boat --ar 3:2", Assert.Single(queue.Jobs).Prompt);
    }

    [Fact]
    public async Task Vote_that_comes_before_the_pictures_are_prepared_can_be_repeated()
    {
        await using var program = await CreateAsync();

        await EarlyAsync(program, async () =>
        {
            await program.PressAsync(Ann, "rank:left:1");
            return program.Discord.Last();
        });

        Assert.Empty(program.Discord.LastButtons);
        Assert.StartsWith("I have just started", program.Discord.All.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_waits_for_pictures_that_are_prepared_in_time()
    {
        await using var program = await CreateAsync();

        var said = program.SayAsync(Ann, "rank");
        _seeded.SetResult();

        Assert.Contains("0 of 200", (await said).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readiness_waits_for_the_pictures()
    {
        await using var program = await CreateAsync();
        await program.StartAsync();

        Assert.Equal(HealthStatus.Unhealthy, (await ReportAsync(program)).Entries["catalogue"].Status);

        _seeded.SetResult();
        await program.Get<CatalogueSeeding>().DoneAsync();
        Assert.Equal(HealthStatus.Healthy, (await ReportAsync(program)).Entries["catalogue"].Status);
    }

    [Fact]
    public async Task Pictures_that_cannot_be_prepared_stop_the_program_with_one_line_and_an_exit_code()
    {
        await using var program = await CreateAsync();
        await program.StartAsync();

        _seeded.SetException(new IOException("the disk is gone"));
        await program.Log.SeenAsync("The ranking pictures could not be prepared: the disk is gone");
        await program.StoppedAsync();

        Assert.Equal(1, Environment.ExitCode);
        Environment.ExitCode = 0;
        Assert.DoesNotContain("   at ", Assert.Single(program.Log.Lines, line => line.Contains("the disk is gone", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private Task<TasteProgram> CreateAsync(Action<IServiceCollection>? change = null) => TasteProgram.CreateAsync(services =>
    {
        services.AddSingleton(provider => new CatalogueSeeding(() => _seeded.Task, provider.GetRequiredService<TimeProvider>()));
        change?.Invoke(services);
    });

    /// <summary>What a person sees who waited in vain.</summary>
    private static async Task<Shown> EarlyAsync(TasteProgram program, Func<Task<Shown>> act)
    {
        var acting = act();
        program.Time.Advance(Patience);
        return await acting;
    }

    private static Task<HealthReport> ReportAsync(TasteProgram program) => program.Get<HealthCheckService>().CheckHealthAsync(TasteProgram.Cancellation);
}

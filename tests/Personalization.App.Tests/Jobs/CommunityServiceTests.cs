using Microsoft.Extensions.DependencyInjection;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.App.Tests.Jobs;

public sealed class CommunityServiceTests
{
    private static readonly PersonId Ann = new(1);
    private static readonly PersonId Bob = new(2);

    // Ranking:FitEveryMinutes.
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Last_fit_is_loaded_before_the_first_vote()
    {
        await using var program = await TasteProgram.CreateAsync();
        var start = program.Get<CurrentCommunity>().Now.Prior;
        await program.Get<ICommunityStore>().SaveAsync(new(null, null, start.WithVersion(7)), 1, 1, Cancellation);

        await program.StartAsync();

        Assert.Equal(7, program.Get<CurrentCommunity>().Now.Version);
    }

    [Fact]
    public async Task Community_is_fitted_at_the_start_and_again_whenever_time_and_votes_have_come()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);

        await program.StartAsync();
        await program.Log.SeenAsync("Community fit 1 over");
        Assert.Equal(1, program.Get<CurrentCommunity>().Now.Version);

        await program.VoteAsync(Bob, 60);
        program.Time.Advance(Round - TimeSpan.FromSeconds(1));
        Assert.Equal(1, program.Get<CurrentCommunity>().Now.Version);
        program.Time.Advance(TimeSpan.FromSeconds(1));
        await program.Log.SeenAsync("Community fit 2 over");
        Assert.Equal(2, (await program.Get<ICommunityStore>().LatestAsync(Cancellation))!.Prior.Version);
    }

    [Fact]
    public async Task Fit_that_fails_leaves_the_last_one_in_force_and_the_next_round_tries_again()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);
        await program.ExecuteAsync("CREATE TRIGGER broken BEFORE INSERT ON Communities BEGIN SELECT RAISE(ABORT, 'broken'); END");

        await program.StartAsync();
        await program.Log.SeenAsync("The community could not be fitted");
        Assert.Equal(0, program.Get<CurrentCommunity>().Now.Version);

        await program.ExecuteAsync("DROP TRIGGER broken");
        program.Time.Advance(Round);
        await program.Log.SeenAsync("Community fit 1 over");
        Assert.Equal(1, program.Get<CurrentCommunity>().Now.Version);
    }

    [Fact]
    public async Task Picture_without_a_file_does_not_stop_the_fit_and_is_reported_once()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);
        var there = await program.AddPictureAsync(await program.Get<IPictureFiles>().SaveAsync(await PictureAsync(program), "png", Cancellation));
        var lost = await program.AddLostPictureAsync();

        await program.StartAsync();
        await program.Log.SeenAsync("Community fit 1 over");
        await program.VoteAsync(Bob, 60);
        program.Time.Advance(Round);
        await program.Log.SeenAsync("Community fit 2 over");

        Assert.Single(program.Log.Lines, line => line.Contains($"Nothing can be measured in picture {lost}", StringComparison.Ordinal));
        var pictures = await program.Get<IPictureStore>().FindAsync([there, lost], Cancellation);
        Assert.Equal([there], pictures.Where(picture => picture.Features is not null).Select(picture => picture.Id));
    }

    [Fact]
    public async Task Cancelled_background_service_does_not_stop_the_program()
    {
        await using var program = await TasteProgram.CreateAsync(services => services.AddSingleton<IFeatureExtractor>(new FakeExtractor(extract: _ => throw new OperationCanceledException())));
        await program.VoteAsync(Ann, 60);
        await program.AddPictureAsync(await program.Get<IPictureFiles>().SaveAsync(new byte[] { 1 }, "png", Cancellation));

        await program.StartAsync();

        await program.Log.SeenAsync("Community fit 1 over");
        Assert.False(program.IsStopping);
    }

    [Fact]
    public async Task Picture_that_cannot_be_measured_for_whatever_reason_is_named_and_the_others_are_measured()
    {
        await using var program = await TasteProgram.CreateAsync(services => services.AddSingleton<IFeatureExtractor>(
            new FakeExtractor(extract: picture => picture.Span[0] == 2 ? throw new ArithmeticException("the eyes hurt") : [1, 1, 1])));
        await program.VoteAsync(Ann, 60);
        var files = program.Get<IPictureFiles>();
        var older = await program.AddPictureAsync(await files.SaveAsync(new byte[] { 1 }, "png", Cancellation));
        var hurting = await program.AddPictureAsync(await files.SaveAsync(new byte[] { 2 }, "png", Cancellation));
        var newer = await program.AddPictureAsync(await files.SaveAsync(new byte[] { 3 }, "png", Cancellation));

        await program.StartAsync();
        await program.Log.SeenAsync("Community fit 1 over");

        Assert.Contains("the eyes hurt", Assert.Single(program.Log.Lines, line => line.Contains($"Nothing can be measured in picture {hurting}", StringComparison.Ordinal)), StringComparison.Ordinal);
        var pictures = await program.Get<IPictureStore>().FindAsync([older, hurting, newer], Cancellation);
        Assert.Equal([older, newer], pictures.Where(picture => picture.Features is not null).Select(picture => picture.Id).OrderBy(id => id.Value));
    }

    [Fact]
    public async Task Picture_that_was_shown_is_measured_without_waiting_for_the_next_round()
    {
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var program = await TasteProgram.CreateAsync(services => services.AddSingleton<IFeatureExtractor>(new FakeExtractor(extract: picture =>
        {
            if (picture.Span[0] == 2)
            {
                last.SetResult();
            }

            return [1, 1, 1];
        })));
        await program.StartAsync();
        await program.Log.SeenAsync("Pictures are measured by fake-1");
        var files = program.Get<IPictureFiles>();
        var shown = await program.AddPictureAsync(await files.SaveAsync(new byte[] { 1 }, "png", Cancellation));
        var after = await program.AddPictureAsync(await files.SaveAsync(new byte[] { 2 }, "png", Cancellation));

        program.Get<PictureMeasurer>().MeasureSoon(shown, after);

        // They are measured in order, so that the first is stored once the second is begun.
        await last.Task.WaitAsync(TestRun.Deadline, Cancellation);
        Assert.Equal("fake-1", (await program.Get<IPictureStore>().FindAsync(shown, Cancellation))!.Features?.Version);
    }

    [Fact]
    public async Task Measures_that_cannot_be_stored_do_not_keep_the_community_from_being_fitted()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);
        await program.AddPictureAsync(await program.Get<IPictureFiles>().SaveAsync(await PictureAsync(program), "png", Cancellation));
        await program.ExecuteAsync("CREATE TRIGGER broken BEFORE UPDATE ON Pictures BEGIN SELECT RAISE(ABORT, 'broken'); END");

        await program.StartAsync();

        await program.Log.SeenAsync("New pictures could not be measured");
        await program.Log.SeenAsync("Community fit 1 over");
    }

    [Theory]
    [InlineData("x'00'")]
    [InlineData("x'0B028074686973206973206E6F7420697403'")]
    public async Task Community_service_reports_an_unreadable_fit_and_fits_again_under_the_next_version(string content)
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);
        await program.ExecuteAsync($"INSERT INTO Communities (Version, FittedAt, People, Comparisons, Content) VALUES (7, 0, 1, 1, {content})");

        await program.StartAsync();

        await program.Log.SeenAsync("The last fit of the community could not be loaded");
        await program.Log.SeenAsync("Community fit 8 over");
        Assert.Equal(8, program.Get<CurrentCommunity>().Now.Version);
    }

    private static async Task<byte[]> PictureAsync(TasteProgram program)
    {
        var first = (await program.Get<IPictureStore>().RankingPicturesAsync(Cancellation))[0];
        return await program.Get<PictureReader>().ReadAsync(first.Id, Cancellation);
    }
}

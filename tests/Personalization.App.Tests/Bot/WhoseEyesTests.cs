using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Personalization.App.Bot;
using Personalization.App.Jobs;
using Personalization.Codes;
using Personalization.DiscordClient.Gateway;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Storage.Imagine;
using Personalization.Styles;

namespace Personalization.App.Tests.Bot;

/// <summary>Who is shown a picture, by where it was made, who looks, where, and through which door; ids of buttons are forged.</summary>
public sealed class WhoseEyesTests
{
    private const string All = "explore alike asked rank like reference pick vary again added";
    private const string Buttons = "pick vary again added";
    private const string Alone = "asked pick-alone vary-alone again-alone added";

    private static readonly PersonId Ada = new(1);
    private static readonly PersonId Bob = new(2);
    private static readonly PersonId Cid = new(3);

    private static readonly Place OpenHere = new("5", TasteProgram.Open);
    private static readonly Place OpenThere = new("6", """{"id":"18","type":0}""");
    private static readonly Place Direct = new(null, """{"id":"40","type":1}""");
    private static readonly Place OthersDirect = new(null, """{"id":"41","type":1}""");
    private static readonly Place Hidden = new("5", """{"id":"9","type":0}""");
    private static readonly Place Thread = new("5", """{"id":"30","type":12,"parent_id":"8"}""");
    private static readonly Place Restricted = new("5", """{"id":"10","type":0,"nsfw":true}""");

    [Fact]
    public async Task Picture_is_seen_where_it_was_made_and_nowhere_else()
    {
        await using var world = await World.CreateAsync();
        var open = await world.MakeAsync(OpenHere, "an open boat");
        ImagineJob[] hidden = [await world.MakeAsync(Hidden, "a hidden boat"), await world.MakeAsync(Thread, "a boat in a thread"), await world.MakeAsync(Restricted, "a restricted boat")];
        Place[] places = [Hidden, Thread, Restricted];
        var direct = await world.MakeAsync(Direct, "a direct boat");

        await world.SeesAsync(All, open, Bob, OpenHere);
        await world.SeesAsync(All, open, Bob, Hidden);
        await world.SeesAsync("", open, Bob, OpenThere);
        await world.SeesAsync("", open, Cid, OpenThere);
        await world.SeesAsync("", open, Bob, OthersDirect);
        await world.SeesAsync($"asked reference {Buttons}", open, Ada, OpenHere);
        await world.SeesAsync(Alone, open, Ada, OpenThere);
        await world.SeesAsync(Alone, open, Ada, Direct);
        foreach (var (job, place) in hidden.Zip(places))
        {
            await world.SeesAsync(Buttons, job, Bob, place);
            await world.SeesAsync($"asked {Buttons}", job, Ada, place);
            await world.SeesAsync(Alone, job, Ada, OpenHere);
            await world.SeesAsync("", job, Bob, OpenHere);
            await world.SeesAsync("", job, Cid, OpenThere);
            await world.SeesAsync("", job, Bob, OthersDirect);
        }

        await world.SeesAsync($"asked {Buttons}", direct, Ada, Direct);
        await world.SeesAsync(Alone, direct, Ada, OpenHere);
        await world.SeesAsync("", direct, Bob, OpenHere);
        await world.SeesAsync("", direct, Bob, OthersDirect);
    }

    [Fact]
    public async Task Sharing_server_shows_others_its_open_pictures_and_gives_them_no_buttons_until_it_stops()
    {
        await using var world = await World.CreateAsync();
        var open = await world.MakeAsync(OpenHere, "an open boat");
        var hidden = await world.MakeAsync(Hidden, "a hidden boat");
        world.Program.MemberPermissions = "32";
        await world.Program.SayAsync(Bob, OpenHere.Server, OpenHere.Channel, "server", ("sharing", "on"));

        await world.SeesAsync("explore alike asked rank like reference", open, Cid, OpenThere);
        await world.SeesAsync("explore alike asked rank like reference", open, Cid, OthersDirect);
        await world.SeesAsync("", hidden, Cid, OpenThere);

        await world.Program.SayAsync(Bob, OpenHere.Server, OpenHere.Channel, "server", ("sharing", "off"));
        await world.SeesAsync("", open, Cid, OpenThere);
        await world.SeesAsync(All, open, Bob, OpenHere);
    }

    [Theory]
    [InlineData("1024")]
    [InlineData("0")]
    public async Task Sharing_is_not_changed_by_members_who_may_not_manage_the_server(string permissions)
    {
        await using var world = await World.CreateAsync();
        world.Program.MemberPermissions = permissions;

        Assert.Contains("Only people who may manage this server", (await world.Program.SayAsync(Bob, "server", ("sharing", "on"))).Text, StringComparison.Ordinal);
        Assert.Empty(await world.Program.Get<IGuildStore>().SharingAsync(TasteProgram.Cancellation));
    }

    [Fact]
    public async Task Sharing_that_cannot_be_told_in_time_is_not_changed()
    {
        var guilds = new SlowGuilds();
        await using var program = await TasteProgram.CreateAsync(services => services.AddSingleton<IGuildStore>(guilds));
        guilds.Time = program.Time;
        program.MemberPermissions = "32";

        await program.SayAsync(Bob, OpenHere.Server, OpenHere.Channel, "server", ("sharing", "on"));

        Assert.Empty(await guilds.SharingAsync(TasteProgram.Cancellation));
        Assert.Empty(program.Discord.Requests);
    }

    [Fact]
    public async Task Draft_is_opened_and_run_by_its_person_alone()
    {
        await using var world = await World.CreateAsync();
        await world.Program.SayAsync(Ada, "imagine", ("prompt", "a secret --s 5000"));

        foreach (var verb in (string[])["edit", "run"])
        {
            await world.Program.PressAsync(Bob, $"imagine:{verb}:31");
            Assert.StartsWith("This button no longer works", world.Program.Discord.Last().Text, StringComparison.Ordinal);
        }

        Assert.Empty(world.Jobs);
        await world.Program.PressAsync(Ada, "imagine:run:31");
        Assert.Equal("a secret --s 1000", Assert.Single(world.Jobs).Prompt);
    }

    [Fact]
    public async Task Cancel_says_whose_a_job_is_only_where_it_is_shown()
    {
        await using var world = await World.CreateAsync();
        var direct = await world.MakeAsync(Direct, "a secret");
        var open = await world.MakeAsync(OpenHere, "an open boat");

        await world.Program.PressAsync(Bob, OpenHere.Server, OpenHere.Channel, $"imagine:cancel:{direct.Id}");
        Assert.StartsWith("This button no longer works", world.Program.Discord.Last().Text, StringComparison.Ordinal);

        world.Program.InteractionId++;
        await world.Program.PressAsync(Bob, OpenHere.Server, OpenHere.Channel, $"imagine:cancel:{open.Id}");
        Assert.StartsWith("Only the person who asked", world.Program.Discord.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Private_prompt_stays_its_persons_when_it_is_edited_in_a_channel()
    {
        await using var world = await World.CreateAsync();
        await world.Program.SayAsync(Ada, Direct.Server, Direct.Channel, "imagine", ("prompt", "a secret"));
        await world.Program.ExecuteAsync("UPDATE ImagineJobs SET Prompt = 'a secret --v gone'");
        world.Program.InteractionId++;
        await world.Program.PressAsync(Ada, "imagine:again:31");
        Assert.Equal("imagine:edit:32", world.Program.Discord.LastButtons[^1]);

        world.Program.InteractionId++;
        await world.Program.PressAsync(Ada, "imagine:edit:32");
        world.Program.InteractionId++;
        await world.Program.FillInAsync(Ada, world.Program.Discord.LastModal, "a secret boat");

        Assert.True(world.Program.Discord.IsLastPersonal);
        Assert.True(ReplyAddress.Parse(world.Jobs[^1].ReplyTo).IsPersonal);
        Assert.Equal((true, "a secret boat"), (world.Jobs[^1].IsPrivate, world.Jobs[^1].Prompt));
    }

    [Theory]
    [InlineData("explore:like:1:99999999999999999999")]
    [InlineData("explore:heart:-1")]
    [InlineData("imagine:pick:99999999999999999999:0")]
    [InlineData("imagine:delete:1:0")]
    [InlineData("imagine:pick:")]
    public async Task Id_that_names_no_row_is_a_retired_button(string id)
    {
        await using var world = await World.CreateAsync();

        await world.Program.PressAsync(Bob, id);

        Assert.StartsWith("This button no longer works", world.Program.Discord.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_and_single_picture_are_acknowledged_before_their_pictures_are_made_ready()
    {
        await using var world = await World.CreateAsync();
        var open = await world.MakeAsync(OpenHere, "an open boat");
        Func<Task>[] doors = [() => world.Program.SayAsync(Bob, OpenHere.Server, OpenHere.Channel, "explore"), () => world.Program.PressAsync(Bob, $"imagine:pick:{open.Id}:0")];

        foreach (var door in doors)
        {
            world.Program.Discord.Requests.Clear();
            world.Program.InteractionId++;
            await door();
            Assert.Equal([$"POST /v10/interactions/{world.Program.InteractionId}/interaction.token/callback", "PATCH /v10/webhooks/9/interaction.token/messages/@original"], world.Program.Discord.Requests);
            Assert.InRange(world.Program.Discord.Last().Files, 1, 12);
        }
    }

    [Fact]
    public async Task Forged_id_is_never_a_fault_of_the_bot()
    {
        await using var world = await World.CreateAsync();
        var job = await world.MakeAsync(OpenHere, "an open boat");
        string[] numbers = ["", "-1", "+1", "1 ", "٣", "0x1", "1e3", "4294967295", "4294967296", "2147483647", "9223372036854775807", "18446744073709551615", "99999999999999999999", $"{job.Id}", new('9', 80)];
        string[] forms =
        [
            "{0}", "{0}:{0}", "rank:{0}", "rank:left:{0}", "rank:undo:{0}", "rank:right:1:{0}", "rank:large:{0}", "explore:like:{0}", "explore:heart:{0}", "explore:unheart:{0}",
            "explore:more:{0}:1:1:0", "explore:more:1:{0}:1:0", "explore:more:1:1:{0}:0", "explore:more:1:1:1:{0}", "explore:alike:{0}", "explore:alike:1:{0}", "explore:further:1:{0}", "explore:heart:1:{0}", "explore:unheart:1:{0}", "imagine:run:{0}", "imagine:edit:{0}", "imagine:again:{0}",
            "imagine:vary:{1}:{0}", "imagine:pick:{1}:{0}", "imagine:delete:{1}:{0}", "imagine:cancel:{0}", "imagine:added:{0}", "imagine:own:{0}", "taste:{0}", "code:{0}", "server:sharing:{0}", "cancel:{0}",
        ];

        foreach (var id in from form in forms from number in numbers select string.Format(form, number, job.Id))
        {
            world.Program.InteractionId++;
            await world.Program.PressAsync(Bob, id);
            Assert.DoesNotContain(world.Program.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Maker_takes_a_picture_out_of_everything()
    {
        await using var world = await World.CreateAsync();
        var open = await world.MakeAsync(OpenHere, "an open boat");
        var file = (await world.Program.Get<IPictureStore>().FindAsync(open.Pictures[0], TasteProgram.Cancellation))!.FileKey!;
        await world.Program.PressAsync(Bob, $"imagine:delete:{open.Id}:0");
        Assert.StartsWith("Only the person who made this picture", world.Program.Discord.Last().Text, StringComparison.Ordinal);
        await world.SeesAsync(All, open, Bob, OpenHere);

        for (var index = 0; index < open.Pictures.Count; index++)
        {
            await world.Program.PressAsync(Ada, $"imagine:delete:{open.Id}:{index}");
            Assert.StartsWith("This picture is deleted", world.Program.Discord.Last().Text, StringComparison.Ordinal);
        }

        await world.SeesAsync("again added", open, Bob, OpenHere);
        await world.SeesAsync("again added", open, Ada, OpenHere);
        await Assert.ThrowsAsync<FileNotFoundException>(() => world.Program.Get<IPictureFiles>().ReadAsync(file, TasteProgram.Cancellation));
    }

    [Fact]
    public async Task Picture_whose_file_is_damaged_is_told_and_never_shown()
    {
        await using var world = await World.CreateAsync();
        var open = await world.MakeAsync(OpenHere, "an open boat");
        var file = (await world.Program.Get<IPictureStore>().FindAsync(open.Pictures[0], TasteProgram.Cancellation))!.FileKey!;
        await File.WriteAllBytesAsync(Path.Combine(world.Program.Folder, "pictures", file[..2], file), [1, 2, 3], TasteProgram.Cancellation);

        await world.Program.PressAsync(Bob, $"imagine:pick:{open.Id}:0");

        var shown = world.Program.Discord.Last();
        Assert.StartsWith("I have lost this picture", shown.Text, StringComparison.Ordinal);
        Assert.Equal(0, shown.Files);
    }

    [Fact]
    public async Task Expired_picture_is_told_and_a_job_without_any_has_no_buttons()
    {
        await using var world = await World.CreateAsync();
        var (kept, gone) = (await world.MakeAsync(OpenHere, "an open boat"), await world.MakeAsync(OpenHere, "an old boat"));
        foreach (var job in (ImagineJob[])[kept, gone])
        {
            await world.Program.Get<IImagineJobStore>().SetStateAsync(job.Id, job.Attempt, JobState.Delivered, failure: null, TasteProgram.Cancellation);
        }

        await world.Program.PressAsync(Bob, $"explore:like:{kept.Pictures[1]}");
        foreach (var file in Directory.GetFiles(Path.Combine(world.Program.Folder, "pictures"), "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, world.Program.Time.GetUtcNow().UtcDateTime.AddDays(-200));
        }

        await ActivatorUtilities.CreateInstance<RetentionService>(world.Program.Get<IServiceProvider>()).SweepAsync(TasteProgram.Cancellation);

        foreach (var button in (string[])[$"imagine:pick:{kept.Id}:0", $"imagine:vary:{kept.Id}:0"])
        {
            world.Program.InteractionId++;
            await world.Program.PressAsync(Bob, button);
            Assert.StartsWith("This picture is no longer kept", world.Program.Discord.Last().Text, StringComparison.Ordinal);
        }

        world.Program.InteractionId++;
        await world.Program.PressAsync(Bob, $"imagine:pick:{kept.Id}:1");
        Assert.Equal(1, world.Program.Discord.All.Last().Files);
        world.Program.InteractionId++;
        await world.Program.PressAsync(Bob, $"imagine:pick:{gone.Id}:0");
        Assert.StartsWith("This button no longer works", world.Program.Discord.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleted_message_leaves_its_pictures_to_their_maker_alone()
    {
        await using var world = await World.CreateAsync();
        var (open, hidden) = (await world.MakeAsync(OpenHere, "an open boat"), await world.MakeAsync(Hidden, "a hidden boat"));

        // 77 is the message that acknowledged them.
        await world.Program.Get<IImagineJobStore>().WithdrawAsync([77], ReplyAddress.Withdraw, TasteProgram.Cancellation);

        foreach (var (job, place) in ((ImagineJob, Place)[])[(open, OpenHere), (hidden, Hidden)])
        {
            await world.SeesAsync("", job, Bob, place);
            await world.SeesAsync(Alone, job, Ada, place);
            foreach (var button in (string[])[$"pick:{job.Id}:0", $"vary:{job.Id}:0", $"delete:{job.Id}:0", $"again:{job.Id}", $"added:{job.Id}"])
            {
                await world.Program.PressAsync(Bob, place.Server, place.Channel, $"imagine:{button}");
                Assert.Equal("These pictures were taken back: the message that showed them was deleted.", world.Program.Discord.Last().Text);
            }
        }

        await world.SeesAsync("", open, Bob, Hidden);
    }

    [Fact]
    public async Task Picture_asked_for_before_its_server_is_known_is_private_until_then()
    {
        await using var world = await World.CreateAsync();
        var guilds = world.Program.Get<GuildDirectory>();
        guilds.Take("GUILD_DELETE", Json("{\"id\":\"5\"}"));
        var (open, hidden, withdrawn) = (await world.MakeAsync(OpenHere, "an open boat"), await world.MakeAsync(Hidden, "a hidden boat"), await world.MakeAsync(OpenHere, "a withdrawn boat"));
        await world.Program.ExecuteAsync($"UPDATE ImagineJobs SET MessageId = 78 WHERE Id = {withdrawn.Id}");
        await world.Program.Get<IImagineJobStore>().WithdrawAsync([78], ReplyAddress.Withdraw, TasteProgram.Cancellation);
        Assert.True(open.IsPrivate);

        guilds.Take("GUILD_CREATE", Json("""{"id":"5","roles":[{"id":"5","permissions":"1024"}],"channels":[{"id":"8","type":0},{"id":"9","type":0,"nsfw":true}]}"""));
        await world.Program.Log.SeenAsync($"Job {open.Id} came before server 5 was known, in a channel that all its members see");

        await world.SeesAsync(All, open, Bob, OpenHere);
        await world.SeesAsync(Buttons, hidden, Bob, Hidden);
        await world.SeesAsync("", withdrawn, Bob, OpenHere);

        static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);
    }

    private sealed record Place(string? Server, string Channel);

    /// <summary>Takes two and a half seconds to store something.</summary>
    private sealed class SlowGuilds : IGuildStore
    {
        private readonly GuildsInMemory _guilds = new();

        public FakeTimeProvider? Time { get; set; }

        public Task<IReadOnlySet<GuildId>> SharingAsync(CancellationToken cancellationToken) => _guilds.SharingAsync(cancellationToken);

        public Task SetSharingAsync(GuildId guild, bool isSharing, CancellationToken cancellationToken)
        {
            Time?.Advance(TimeSpan.FromSeconds(2.5));
            cancellationToken.ThrowIfCancellationRequested();
            return _guilds.SetSharingAsync(guild, isSharing, cancellationToken);
        }
    }

    /// <summary>Stores jobs without a scheduler.</summary>
    private sealed class StoredQueue(IServiceProvider services, List<ImagineJob> jobs) : IImagineQueue
    {
        public Task<EnqueueResult> EnqueueAsync(ImagineJob job, CancellationToken cancellationToken)
        {
            jobs.Add(job);
            return services.GetRequiredService<ImagineJobStore>().AddAsync(job, new JobsOptions { PerPerson = 1_000 }, cancellationToken);
        }
    }

    private sealed class World(TasteProgram program, List<ImagineJob> jobs) : IAsyncDisposable
    {
        private static readonly FakeBackend Server = new() { Capabilities = new() { References = 1 } };

        public TasteProgram Program => program;

        public IReadOnlyList<ImagineJob> Jobs => jobs;

        public static async Task<World> CreateAsync()
        {
            var jobs = new List<ImagineJob>();
            var program = await TasteProgram.CreateAsync(services => services
                .AddSingleton<IImagineQueue>(provider => new StoredQueue(provider, jobs))
                .AddSingleton<IImageBackend>(Server)
                .PostConfigure<ImagineOptions>(options => options.Versions[options.DefaultVersion] = new() { Backend = Server.Name }));

            // The pictures of one prompt are enough to rank.
            await program.ExecuteAsync("UPDATE Pictures SET Kind = 4 WHERE Prompt <> (SELECT Prompt FROM Pictures WHERE Id = 1)");
            return new(program, jobs);
        }

        /// <summary>Ada asks for four pictures, which are painted.</summary>
        public async Task<ImagineJob> MakeAsync(Place place, string prompt)
        {
            program.InteractionId++;
            await program.SayAsync(Ada, place.Server, place.Channel, "imagine", ("prompt", prompt));
            var store = program.Get<IImagineJobStore>();
            var job = (await store.BeginAttemptAsync(program.InteractionId, TasteProgram.Cancellation))!;
            var axes = program.Get<StyleVocabulary>().Dimension;
            var painted = Enumerable.Range(0, 4).Select(i => new PaintedPicture(Requests.Picture($"{prompt} {i}"), 64, 64) { Style = new([i % 2 == 0 ? 1 : -1, .. new float[axes - 1]]) });
            var kept = await program.Get<PictureKeeper>().KeepAsync(Server, job, new([.. painted]), TasteProgram.Cancellation);
            Assert.NotNull(await store.SetPaintedAsync(job.Id, job.Attempt, kept, missing: null, TasteProgram.Cancellation));
            return (await store.FindAsync(job.Id, TasteProgram.Cancellation))!;
        }

        /// <summary>Tries every door to the job's first picture.</summary>
        /// <param name="doors">Those that open.</param>
        public async Task SeesAsync(string doors, ImagineJob job, PersonId person, Place place)
        {
            var open = new List<string>();
            Add("explore", await TextAsync(() => SayAsync("explore")), text => text.Contains(job.Prompt, StringComparison.Ordinal));
            Add("alike", await TextAsync(() => PressAsync("explore:alike:1")), text => text.Contains(job.Prompt, StringComparison.Ordinal));
            Add("asked", await TextAsync(() => PressAsync($"explore:alike:{job.Pictures[0]}")), text => text.StartsWith("### More like this", StringComparison.Ordinal));
            Add("rank", await RankedAsync(job, person, place), prompts => prompts.Contains(job.Prompt));
            Add("like", await TextAsync(() => PressAsync($"explore:like:{job.Pictures[0]}")), text => text.StartsWith("Liked", StringComparison.Ordinal));
            await program.Get<BallotBox>().UnlikeAsync(await program.VoterAsync(person), job.Pictures[0], TasteProgram.Cancellation);
            Add("reference", await JobAsync(async () => await SayAsync("imagine", ("prompt", $"a hill --p {await CodeAsync(job)} --s 1000"))), made => made!.Request.References.Count > 0);
            Add("pick", await TextAsync(() => PressAsync($"imagine:pick:{job.Id}:0")), _ => program.Discord.All.Last().Files == 1);
            Add("vary", await JobAsync(() => PressAsync($"imagine:vary:{job.Id}:0")), made => made is not null);
            Add("again", await JobAsync(() => PressAsync($"imagine:again:{job.Id}")), made => made is not null);
            Add("added", await TextAsync(() => PressAsync($"imagine:added:{job.Id}")), text => !text.StartsWith("This button", StringComparison.Ordinal) && !text.StartsWith("These pictures were taken back", StringComparison.Ordinal));

            Assert.Equal((job.Prompt, person, place, doors), (job.Prompt, person, place, string.Join(' ', open)));

            void Add<T>(string door, T seen, Func<T, bool> isOpen)
            {
                if (isOpen(seen))
                {
                    open.Add(door is "pick" or "vary" or "again" && program.Discord.IsLastPersonal ? $"{door}-alone" : door);
                }

                if (seen is ImagineJob made)
                {
                    Assert.Equal(program.Discord.IsLastPersonal, ReplyAddress.Parse(made.ReplyTo).IsPersonal);
                    Assert.True(made.IsPrivate || !program.Discord.IsLastPersonal);
                }
            }

            Task SayAsync(string command, params (string, string)[] options) => program.SayAsync(person, place.Server, place.Channel, command, options);

            Task PressAsync(string id) => program.PressAsync(person, place.Server, place.Channel, id);
        }

        public ValueTask DisposeAsync() => program.DisposeAsync();

        private async Task<string> TextAsync(Func<Task> act)
        {
            program.InteractionId++;
            await act();
            return program.Discord.Last().Text;
        }

        private async Task<ImagineJob?> JobAsync(Func<Task> act)
        {
            program.InteractionId++;
            var before = jobs.Count;
            await act();
            return jobs.Count > before ? jobs[^1] : null;
        }

        /// <summary>The prompts of many pairs that the person may be asked about.</summary>
        private async Task<HashSet<string>> RankedAsync(ImagineJob job, PersonId person, Place place)
        {
            var prompts = new HashSet<string>();
            var box = program.Get<BallotBox>();
            var voter = (await program.VoterAsync(person)) with { Guild = place.Server is null ? null : new(ulong.Parse(place.Server)) };
            for (var i = 0; i < 30 && !prompts.Contains(job.Prompt); i++)
            {
                var ballot = await box.OpenAsync(voter, TasteProgram.Cancellation);
                prompts.Add(ballot.Left.Prompt);
                await box.AnswerAsync(voter, ballot.Pair.Id, Votes.Choice.Skip, TasteProgram.Cancellation);
            }

            return prompts;
        }

        /// <summary>A code whose favourite is the job's first picture.</summary>
        private async Task<PersonalizationCode> CodeAsync(ImagineJob job)
        {
            var vocabulary = program.Get<StyleVocabulary>();
            float[] weights = [.. Enumerable.Repeat(2f, vocabulary.Dimension)];
            var snapshot = new TasteSnapshot(default, 2, vocabulary.Version, 0, weights, weights, [.. weights.Select(_ => 0.1f)], 200, 0) { Favourites = [job.Pictures[0]] };
            return (await program.Get<ISnapshotStore>().AddOrGetAsync(PersonalizationCode.FromNumber(job.Id), snapshot, TasteProgram.Cancellation)).Code;
        }
    }
}

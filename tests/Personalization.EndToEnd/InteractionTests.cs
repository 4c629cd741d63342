using Personalization.Codes;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>What people type and press, and what one bot answers.</summary>
[Collection(typeof(SharedProgramCollection))]
public sealed class InteractionTests(SharedProgram program) : SharedProgramTests(program)
{
    [Fact]
    public async Task Portable_code_of_a_later_style_version_is_refused_at_once()
    {
        float[] weights = [1, .. new float[12]];
        var later = PortableCode.From(new(default, 1, 3, 1, weights, weights, [.. weights.Select(_ => 0.1f)], 200, 0));

        var refused = await Ada.CommandAsync("imagine", $"a red door --p {later}");

        Assert.True(refused.IsEphemeral);
        Assert.Contains("uses styles that this bot does not know yet (version 3", refused.Text);
        Assert.Contains("uses styles that this bot does not know yet (version 3", (await Ada.CommandAsync("code", ("code", later.ToString()))).Text);
    }

    [Fact]
    public async Task Unknown_code_is_named_and_the_own_taste_is_offered()
    {
        var mistyped = await Ada.CommandAsync("imagine", "a red door --p 22222222");
        Assert.True(mistyped.IsEphemeral);
        Assert.Contains("22222222", mistyped.Text);

        var nobodys = await Ada.CommandAsync("imagine", $"a red door --p {PersonalizationCode.FromNumber(12345)}");
        Assert.Contains($"{PersonalizationCode.FromNumber(12345)}", nobodys.Text);
        var thinking = await Ada.PressAsync(nobodys, "Run it without --p");
        var answer = await Ada.CompleteAsync(thinking);
        Assert.Contains("a red door", answer.Text);
        Assert.DoesNotContain("--p", answer.Text);
    }

    [Fact]
    public async Task Invalid_prompt_is_corrected_by_a_button_or_in_the_editor()
    {
        var problem = await Ada.CommandAsync("imagine", "a red door --stylise 2000");
        Assert.Contains("stylize", problem.Text);
        var thinking = await Ada.PressAsync(problem, "Run the corrected prompt");
        await Ada.CompleteAsync(thinking);

        var modal = await Ada.PressRawAsync(problem, "Edit");
        thinking = await Ada.SubmitAsync(modal, "prompt", "a blue door");
        var answer = await Ada.CompleteAsync(thinking);
        Assert.Contains("a blue door", answer.Text);
    }

    [Fact]
    public async Task Prompt_too_long_for_the_editor_is_not_opened_in_it()
    {
        var problem = await Ada.CommandAsync("imagine", new string('a', 4500) + " --stylise 200");
        var told = await Ada.PressAsync(problem, "Edit");

        Assert.Contains("Discord's editor takes at most 4,000", told.Text);
    }

    [Fact]
    public async Task Press_during_a_gateway_outage_is_answered_after_the_session_is_resumed()
    {
        var ballot = await Ada.RankAsync();

        Playground.Server.CutGateway(closeCode: null);
        Assert.Contains("1 of 200", (await Ada.PressAsync(ballot, "Left")).Text);
        await Bot.SeesAsync("RESUMED");
    }

    [Fact]
    public async Task Button_pressed_twice_at_once_counts_once()
    {
        var ballot = await Ada.RankAsync();

        var answers = await Task.WhenAll(Ada.PressAsync(ballot, "Left"), Ada.PressAsync(ballot, "Left"));

        Assert.All(answers, answer => Assert.Contains("1 of 200", answer.Text));
        await Ada.SeesAsync(_ => Requests.Any(request => request.Json.ToJsonString().Contains("counts once", StringComparison.Ordinal)));
        Assert.Contains("2 of 200", (await Ada.PressAsync(await Ada.RankAsync(), "Right")).Text);
    }

    [Fact]
    public async Task Undo_takes_a_vote_back_and_a_skip_does_not_count()
    {
        var first = await Ada.RankAsync();
        var second = await Ada.PressAsync(first, "Left");
        var again = await Ada.PressAsync(second, "Undo");
        Assert.Contains("0 of 200", again.Text);
        Assert.Equal(first.Button("Left"), again.Button("Left"));
        Assert.Contains("0 of 200", (await Ada.PressAsync(again, "Skip")).Text);
    }

    [Fact]
    public async Task Delivery_is_retried_after_a_server_error_and_stays_one_answer()
    {
        Playground.Server.FailNext("PATCH", "/messages/@original", status: 502, times: 2);
        await Ada.ImagineAsync("a lighthouse by the sea --v draft --seed 5");
        Assert.Single(Ada.Messages, message => message.Files.Count > 0);
    }
}

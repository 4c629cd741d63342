using System.Net;
using Personalization.App.Bot;
using Personalization.App.Tests.Jobs;
using Personalization.Discord.Components;
using Personalization.Discord.Interactions;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using SkiaSharp;

namespace Personalization.App.Tests.Bot;

/// <summary>How an answer fits the limits of Discord.</summary>
public sealed class DiscordDeliveryTests
{
    [Fact]
    public async Task Delivery_sends_a_grid_over_the_limit_as_a_JPEG_and_names_its_painted_size()
    {
        await using var program = await CreateAsync();

        // Noise is what compresses worst: some 12 MiB.
        using var bitmap = new SKBitmap(new SKImageInfo(2048, 2048, SKColorType.Rgba8888, SKAlphaType.Opaque));
        new Random(1).NextBytes(bitmap.GetPixelSpan());
        var png = bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
        Assert.True(png.Length > Interaction.DefaultAttachmentSizeLimit);

        await program.Get<IDelivery>().DeliverAsync(Job(program), new(png, 2048, 2048), (1024, 2048), Cancellation);

        var (name, length) = Assert.Single(program.Discord.LastFiles);
        Assert.Equal("grid.jpg", name);
        Assert.InRange(length, 1_000_000, Interaction.DefaultAttachmentSizeLimit);
        Assert.Contains("1024 × 2048", program.Discord.Last().Text);
    }

    [Theory]
    [InlineData("a bicycle by a bridge", null)]
    [InlineData("a zeugma", "Painter only stands in for an image server and does not know **zeugma**. A real image server would paint it.")]
    [InlineData("a cat with a zeugma and an oboe", "Painter only stands in for an image server and does not know **zeugma**, **oboe**. A real image server would paint them.")]
    public async Task Delivery_says_what_the_stand_in_does_not_know(string text, string? line)
    {
        await using var program = await CreateAsync();
        using var bitmap = new SKBitmap(new SKImageInfo(8, 8));
        var job = Job(program);

        await program.Get<IDelivery>().DeliverAsync(job with { Request = job.Request with { Text = text } }, new(bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray(), 8, 8), (8, 8), Cancellation);

        var notes = program.Discord.Last().Text.Split('\n').Where(note => note.Contains("does not know")).Select(note => note["-# ".Length..]);
        Assert.Equal(line is null ? [] : [line], notes);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    public async Task Delivery_distinguishes_a_message_Discord_rejects_from_a_temporary_failure(HttpStatusCode status)
    {
        await using var program = await CreateAsync();
        program.Discord.Refusal = status;

        await Assert.ThrowsAsync<UndeliverableException>(() => program.Get<IDelivery>().DeliverAsync(Job(program), new(new byte[] { 1 }, 8, 8), (8, 8), Cancellation));
    }

    [Theory]
    [InlineData(78, 14, true)]
    [InlineData(78, 16, false)]
    [InlineData(null, 0, false)]
    public async Task Delivery_of_a_preview_edits_its_own_message_or_none(int? message, int minutes, bool isDelivered)
    {
        await using var program = await CreateAsync();
        using var bitmap = new SKBitmap(new SKImageInfo(8, 8));
        var png = bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
        var address = new ReplyAddress(new(1, 9, "interaction.token", 8, 5, program.Time.GetUtcNow()), (ulong?)message, Locale: null, IsFollowUp: true);
        var job = Job(program) with { ReplyTo = address.ToString(), Preview = new(20, [], IsOwnPrompt: true) };
        program.Time.Advance(TimeSpan.FromMinutes(minutes));

        await program.Get<IDelivery>().ShowProgressAsync(job, new(0.5), Cancellation);
        var delivered = await program.Get<IDelivery>().DeliverAsync(job, new(png, 8, 8), (8, 8), Cancellation);

        Assert.Equal(isDelivered, delivered);
        Assert.Equal(isDelivered ? "PATCH /v10/webhooks/9/interaction.token/messages/78" : "", program.Discord.LastTarget);
        Assert.Equal(isDelivered ? 2 : 0, program.Discord.All.Count(shown => shown.Text.Contains("A preview, after 20 choices", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1, 0, "3 of 4: The image service's filter withheld 1 of the pictures.")]
    [InlineData(0, 1, "3 of 4: The image server did not return 1 of the pictures.")]
    public void Message_of_a_grid_says_which_pictures_are_missing_and_has_buttons_for_the_others(int withheld, int unusable, string words)
    {
        var job = JobsProgram.Job(1);
        job = job with { Request = job.Request with { Count = 4 }, Failure = new JobFailure.Incomplete(withheld, unusable), Pictures = [new(1), new(2), new(3)] };
        var file = PictureFile.FromPng(new byte[] { 1 });

        var answer = ImagineView.Answer(job, (1024, 1024), file, []);

        Assert.Contains(words, answer.Components.OfType<TextDisplay>().Single().Content);
        Assert.Equal(
            ["U1", "U2", "U3", "V1", "V2", "V3"],
            answer.Components.OfType<ActionRow>().SelectMany(row => row.Components).OfType<Button>().Select(button => button.Label).Where(label => label?.Length == 2));
    }

    [Fact]
    public void Failures_that_the_prompt_can_mend_say_how()
    {
        Assert.Contains("takes at most 1,000 characters, and with what a taste adds there are 1,234. Please shorten it", JobFailureText.Describe(new JobFailure.Refused(new PaintingRefusal.TooLong(1234, 1000))));
        Assert.Contains("3840 × 272 pixels. Please try again with an `--ar` nearer to 1:1.", JobFailureText.Describe(new JobFailure.SizeNotPainted(3840, 272)));
        Assert.DoesNotContain("--ar", JobFailureText.Describe(new JobFailure.SizeNotPainted(1024, 1024)));
    }

    [Fact]
    public void Messages_have_room_for_the_longest_prompt_and_parameters()
    {
        var job = JobsProgram.Job(1);
        job = job with
        {
            Prompt = new string('*', 2900) + " --no " + new string('_', 2900),
            Request = job.Request with { Text = new('*', 2900) },
            Failure = new JobFailure.Sentence(new string('*', 2000)),
            Pictures = [new(1), new(2)],
        };
        var file = PictureFile.FromPng(new byte[] { 1 });

        // It throws where a message has more text than Discord takes.
        ImagineView.Answer(job, (1024, 1024), file, [new('x', 30), new('y', 30), new('z', 30)]).Check();
        ImagineView.Apology(job).Check();
        ImagineView.Single(job, 0, file).Check();
        ImagineView.Progress(job, new(0.5)).Check();
        ImagineView.PreviewBegun(job with { Preview = new(20, [], IsOwnPrompt: true) }).Check();
    }

    private static Task<TasteProgram> CreateAsync() => TasteProgram.CreateAsync();

    private static ImagineJob Job(TasteProgram program) => JobsProgram.Job(1) with
    {
        ReplyTo = new ReplyAddress(new(1, 9, "interaction.token", 8, 5, program.Time.GetUtcNow())).ToString(),
        Pictures = [new(1), new(2)],
    };
}

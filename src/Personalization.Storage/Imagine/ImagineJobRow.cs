using Personalization.Imagine.Jobs;

namespace Personalization.Storage.Imagine;

internal sealed class ImagineJobRow
{
    public required ulong Id { get; init; }

    public required ulong PersonId { get; init; }

    public required string ReplyTo { get; set; }

    public required string Prompt { get; init; }

    public required string Backend { get; init; }

    /// <summary><see cref="ImageRequestJson"/>.</summary>
    public required string Request { get; init; }

    public ulong? GuildId { get; init; }

    /// <summary>The message that holds the answer.</summary>
    public ulong? MessageId { get; set; }

    public required bool IsPrivate { get; set; }

    /// <summary>The point of a preview that counts as given; null in other jobs.</summary>
    public int? PreviewAt { get; set; }

    /// <summary><see cref="TastePreviewJson"/>.</summary>
    public string? Preview { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public JobState State { get; set; }

    public int Attempt { get; set; }

    public int Tries { get; set; }

    public int Faults { get; set; }

    public string? Ticket { get; set; }

    public byte[] Pictures { get; set; } = [];

    /// <summary><see cref="JobFailureJson"/>.</summary>
    public string? Failure { get; set; }

    public static ImagineJobRow From(ImagineJob job) => new()
    {
        Id = job.Id,
        PersonId = job.Person.Value,
        ReplyTo = job.ReplyTo,
        Prompt = job.Prompt,
        Backend = job.Backend,
        Request = ImageRequestJson.Write(job.Request),
        GuildId = job.Guild?.Value,
        IsPrivate = job.IsPrivate,
        PreviewAt = job.Preview?.At,
        Preview = job.Preview is null ? null : TastePreviewJson.Write(job.Preview),
        AcceptedAt = job.AcceptedAt,
    };

    public ImagineJob ToJob() => new()
    {
        Id = Id,
        Person = new(PersonId),
        ReplyTo = ReplyTo,
        Prompt = Prompt,
        Backend = Backend,
        Request = ImageRequestJson.Read(Request),
        Guild = GuildId is { } guild ? new GuildId(guild) : null,
        IsPrivate = IsPrivate,
        Preview = Preview is null ? null : TastePreviewJson.Read(Preview),
        AcceptedAt = AcceptedAt,
        State = State,
        Attempt = Attempt,
        Tries = Tries,
        Faults = Faults,
        Ticket = Ticket,
        Pictures = Packed.Ids(Pictures),
        Failure = Failure is null ? null : JobFailureJson.Read(Failure),
    };
}

namespace Personalization.Pictures;

/// <summary>One thing that can be measured in any picture, such as its colourfulness.</summary>
/// <param name="Id">The stable name that code uses, such as <c>colourfulness</c>.</param>
/// <param name="Low">What pictures with little of it are, in words people use: "muted".</param>
/// <param name="High">What pictures with much of it are: "colourful".</param>
public sealed record PictureMeasure(string Id, string Low, string High);

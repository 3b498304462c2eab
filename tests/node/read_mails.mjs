// Reads mails, one a line in base64, with postal-mime; writes what it found, one JSON a line.
import { createInterface } from "node:readline";
import PostalMime from "postal-mime";

for await (const line of createInterface({ input: process.stdin })) {
  const mail = await PostalMime.parse(Buffer.from(line, "base64"));
  const box = ({ name, address }) => [name, address];
  process.stdout.write(
    JSON.stringify({
      subject: mail.subject ?? "",
      from: box(mail.from),
      to: mail.to.map(box),
      text: mail.text ?? "",
      html: mail.html ?? "",
      files: mail.attachments.map((each) => [each.filename, Buffer.from(each.content).toString("base64")]),
    }) + "\n",
  );
}
